import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { byHand, nodeOf, rowOf } from '../rig/workflows/workflows';
import { Canvas } from './canvas';
import type { Editor } from './editor';
import { dragTo } from './mouse';
import { NodePanel } from './nodePanel';
import { nodeNames, packNodes, typeOf } from './packNodes';
import { useEditor } from './useEditor';

const agent = '@n8n/n8n-nodes-langchain.agent';

const triggerNodes = nodeNames.filter((name) => name.endsWith('Trigger'));
const actionNodes = nodeNames.filter((name) => !triggerNodes.includes(name));

let editor: Editor;
let panel: NodePanel;
let canvas: Canvas;
let descriptions: Record<string, INodeTypeDescription>;

useEditor(async (opened) => {
	editor = opened;
	panel = new NodePanel(editor.page);
	canvas = new Canvas(editor.page);
	descriptions = await packNodes(editor.client);
});

/** What the panel lists of an action node: each of its operations, as a sentence. */
function actionsOf({ properties }: INodeTypeDescription): string[] {
	const operations = properties.filter(({ name }) => name === 'operation');
	const options = operations.flatMap((each) => each.options as INodePropertyOptions[]);
	// n8n adds one of its own, a call of the provider's API through the HTTP Request node
	return options.flatMap(({ action }) => action ?? []);
}

/** Deletes the only node of the pack on the canvas. */
async function deleteNode(name: string): Promise<void> {
	const node = canvas.nodesOf(typeOf(name));
	await node.click();
	await editor.page.keyboard.press('Delete');
	await node.waitFor({ state: 'detached' });
}

/** Searches for a node, opens its page in the panel, and takes it by the first way that is listed. */
async function take(name: string, searched: string): Promise<{ ways: string[] }> {
	await panel.search(name, searched);
	await panel.openPage(name);
	const ways = await panel.ways().allInnerTexts();
	await panel.ways().first().click();
	// its parameters open at once
	await editor.page.getByTestId('node-parameters').first().waitFor();
	await editor.page.keyboard.press('Escape');
	await canvas.nodesOf(typeOf(name)).waitFor();
	return { ways: ways.map((way) => way.trim()) };
}

/** How far the node can be dragged over the canvas, in pixels. */
async function draggedBy(name: string): Promise<number> {
	const node = canvas.nodesOf(typeOf(name));
	const before = await node.boundingBox();
	await dragTo(editor.page, node, { x: 300, y: 250 });
	const after = await node.boundingBox();
	return Math.hypot(after!.x - before!.x, after!.y - before!.y);
}

// n8n lets nobody drag a community node out of this panel: it is taken with a click
describe.each(actionNodes)('the node %s', (name) => {
	beforeAll(async () => {
		await editor.goToWorkflow(rowOf(`An action, ${name}`, byHand()));
	});

	it('is found by its name, offers every operation, and is moved on the canvas', async () => {
		const description = descriptions[name]!;

		const { ways } = await take(name, description.displayName);

		expect(ways).toEqual(expect.arrayContaining(actionsOf(description)));
		expect(await draggedBy(name)).toBeGreaterThan(20);
		expect(await canvas.unknownNodes()).toEqual([]);
		await deleteNode(name);
	});

	it("is dragged out of an agent's panel of tools", async () => {
		await editor.goToWorkflow(rowOf('An agent', { ...nodeOf('Agent', agent), typeVersion: 3 }));

		// the canvas still fits its view when its first node shows
		await canvas.rest();
		await panel.searchTools(`${name}Tool`, descriptions[name]!.displayName);
		await panel.drag(`${name}Tool`, { x: 500, y: 300 });

		await canvas.nodesOf(typeOf(`${name}Tool`)).waitFor();
		expect(await canvas.unknownNodes()).toEqual([]);
	});
});

describe.each(triggerNodes)('the node %s', (name) => {
	beforeAll(async () => {
		await editor.goToWorkflow(rowOf(`A trigger, ${name}`, byHand()));
		await canvas.clear();
	});

	it('is found by its name among the triggers, and is moved on the canvas', async () => {
		await take(name, descriptions[name]!.displayName);

		expect(await draggedBy(name)).toBeGreaterThan(20);
		expect(await canvas.unknownNodes()).toEqual([]);
		await deleteNode(name);
	});
});
