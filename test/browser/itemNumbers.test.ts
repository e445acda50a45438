import type { INode } from 'n8n-workflow';
import { byHand, nodeOf, rowOf } from '../rig/workflows/workflows';
import { Canvas } from './canvas';
import type { Editor } from './editor';
import { typeOf } from './packNodes';
import { useEditor } from './useEditor';

let editor: Editor;
let canvas: Canvas;

useEditor((opened) => {
	editor = opened;
	canvas = new Canvas(editor.page);
});

/** Makes these items. */
const items = (...numbers: unknown[]): INode => ({
	...nodeOf('Items', 'n8n-nodes-base.code', {
		jsCode: `return ${JSON.stringify(numbers.map((limit) => ({ json: { limit } })))}`,
	}),
	typeVersion: 2,
});

/** Reads the balance once an item, with a limit that the item names. */
async function balance(): Promise<INode> {
	const [credential] = await editor.client.credentials.ofType('scriptivoxApi');
	return {
		...nodeOf(
			'Balance',
			typeOf('scriptivox'),
			{
				resource: 'account',
				operation: 'getBalance',
				options: { requestsPerMinute: '={{ $json.limit }}' },
			},
			{ scriptivoxApi: { id: credential!.id, name: credential!.name } },
		),
	};
}

/** n8n's own node that needs a file, which no item has. */
const n8nsOwn = (): INode =>
	nodeOf('Extract', 'n8n-nodes-base.extractFromFile', { operation: 'text' });

/** Runs a node over items by the button, opens its panel, and gives what the panel says. */
async function panelAfterRun(name: string, numbers: unknown[], node: INode) {
	const { page } = editor;
	await editor.goToWorkflow(rowOf(name, byHand(), items(...numbers), node));
	await page.getByTestId('execute-workflow-button').click();
	await page.getByText('Problem in node').first().waitFor();
	await canvas.node(node.name).dblclick();
	const output = page.getByTestId('output-panel');
	const message = output.getByTestId('node-error-message');
	await message.waitFor();
	await output.getByText('Error details').first().waitFor();
	for (const summary of await output.locator('summary').all()) await summary.click();
	const row = output.locator('.node-error-view__details-row', { hasText: 'Item Index' });
	await row.waitFor();
	return {
		message: (await message.innerText()).trim(),
		itemIndex: (await row.locator('code').innerText()).trim(),
	};
}

describe('the number of an item in a message', () => {
	it.each([
		[['x', 0, 0], '0'],
		[[0, 'x', 0], '1'],
		[[0, 0, 'x'], '2'],
	])('is the one that the editor shows: %j', async (numbers, number) => {
		const panel = await panelAfterRun(`Item ${number}`, numbers, await balance());

		expect(panel.itemIndex).toBe(number);
		expect(panel.message).toBe(
			`Requests per Minute must be a whole number from 0 to 100000 [item ${number}]`,
		);
	});

	it('is counted as in the messages of n8n’s own nodes', async () => {
		const panel = await panelAfterRun("n8n's own", [1, 2, 3], n8nsOwn());

		expect(panel.message).toContain(`[item ${panel.itemIndex}]`);
		expect(panel.itemIndex).toBe('0');
	});
});
