import { readFile } from 'node:fs/promises';
import type { WorkflowJson } from '../../dev/n8n/types';
import { STICKY_NOTE } from '../../dev/templates/stickyNote';
import { templateFile, templateNames } from '../../dev/templates/template';
import { Canvas } from './canvas';
import type { Editor } from './editor';
import { keepPictureOfCanvas } from './pictures';
import { useEditor } from './useEditor';

const USUAL_WINDOW = { width: 1600, height: 1000 };
/** Where the names of the nodes and the text of a note can be read without zooming in. */
const LEGIBLE_ZOOM = 0.6;

let editor: Editor;
let canvas: Canvas;

useEditor((opened) => {
	editor = opened;
	canvas = new Canvas(editor.page);
});

/** Waits until the canvas holds what the workflow holds, each node known. */
async function expectOnCanvas({ nodes }: WorkflowJson): Promise<void> {
	const notes = nodes.filter(({ type }) => type === STICKY_NOTE);
	await canvas
		.nodes()
		.nth(nodes.length - notes.length - 1)
		.waitFor();
	await canvas.rest();
	expect(await canvas.nodes().count()).toBe(nodes.length - notes.length);
	expect(await canvas.notes().count()).toBe(notes.length);
	expect(await canvas.unknownNodes()).toEqual([]);
}

describe.each(templateNames())('the template %s', (name) => {
	it('is imported from its file and by pasting it', async () => {
		const file = templateFile(name);
		const text = await readFile(file, 'utf8');
		const template = JSON.parse(text) as WorkflowJson;

		await canvas.importFile(file);
		await expectOnCanvas(template);
		await canvas.clickBeside();
		await keepPictureOfCanvas(editor.page, canvas, `templates/${name}`);

		await canvas.clear();
		await canvas.paste(text);
		await expectOnCanvas(template);
		await canvas.clear();
	});
});

describe.each(templateNames(['starters']))('the starter %s', (name) => {
	it('opens in a usual window so that it can be read, its note whole', async () => {
		const before = editor.page.viewportSize()!;
		await editor.page.setViewportSize(USUAL_WINDOW);

		await canvas.importFile(templateFile(name));
		await canvas.notes().first().waitFor();
		await canvas.rest();

		expect(await canvas.zoom()).toBeGreaterThanOrEqual(LEGIBLE_ZOOM);
		expect(await canvas.cutNotes()).toBe(0);
		await canvas.clear();
		await editor.page.setViewportSize(before);
	});
});

it('would tell of a node that n8n does not know', async () => {
	const unknown = {
		id: 'c9c3a2d5-7a9b-4f2e-9a55-0d1c4a1e8f10',
		name: 'From Nowhere',
		type: 'n8n-nodes-nowhere.nothing',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};

	await canvas.paste(JSON.stringify({ nodes: [unknown], connections: {} }));
	await canvas.node(unknown.name).waitFor();

	expect(await canvas.unknownNodes()).toEqual([unknown.name]);
	await canvas.clear();
});
