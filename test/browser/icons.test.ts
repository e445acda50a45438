import { rowOf, nodeOf } from '../rig/workflows/workflows';
import { Canvas } from './canvas';
import { Editor } from './editor';
import { nodeNames, packNodes, typeOf } from './packNodes';
import { keepPictureOfCanvas } from './pictures';
import { useEditor } from './useEditor';

const COLUMNS = 5;
const DISTANCE = 240;

let editor: Editor;
let canvas: Canvas;

useEditor(
	(opened) => {
		editor = opened;
		canvas = new Canvas(editor.page);
	},
	async () => await Editor.openForNewcomer(),
);

/** All nodes of the pack on one canvas, beside each other. */
async function storeAllNodes(): Promise<string> {
	const descriptions = await packNodes(editor.client);
	const nodes = nodeNames.map((name, index) => ({
		...nodeOf(descriptions[name]!.displayName, typeOf(name)),
		position: [(index % COLUMNS) * DISTANCE, Math.floor(index / COLUMNS) * DISTANCE] as [
			number,
			number,
		],
	}));
	const workflow = { ...rowOf('All nodes', ...nodes), connections: {} };
	return (await editor.client.createWorkflow(workflow)).id;
}

/** Chooses the theme in n8n's personal settings, then shows the workflow and its icons in it. */
async function iconsIn(theme: 'Light theme' | 'Dark theme', workflowId: string) {
	const { page } = editor;
	await editor.goTo('/settings/personal');
	await page.getByTestId('theme-select').getByRole('combobox').click();
	await page.getByRole('option', { name: theme }).click();
	await page.getByTestId('save-settings-button').click();
	await page.getByText('Personal details updated').first().waitFor();
	// n8n's own settings complain where a link leads out of them to a workflow
	await editor.load(`/workflow/${workflowId}`);
	await canvas
		.nodes()
		.nth(nodeNames.length - 1)
		.waitFor();
	await canvas.fit();
	return await canvas.icons();
}

it('shows the icon of each node, one in the light and another in the dark theme', async () => {
	const workflowId = await storeAllNodes();

	const light = await iconsIn('Light theme', workflowId);
	await keepPictureOfCanvas(editor.page, canvas, 'nodes-light');
	const dark = await iconsIn('Dark theme', workflowId);
	await keepPictureOfCanvas(editor.page, canvas, 'nodes-dark');

	expect(Object.keys(light).sort()).toEqual(nodeNames.map(typeOf).sort());
	expect(Object.keys(dark).sort()).toEqual(nodeNames.map(typeOf).sort());
	for (const [type, icon] of Object.entries(light)) {
		expect(icon.width).toBeGreaterThan(0);
		expect(dark[type]!.width).toBeGreaterThan(0);
		expect(dark[type]!.address).not.toBe(icon.address);
	}
});
