import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataTableColumn, WorkflowJson } from '../../dev/n8n/types';
import { templateFile } from '../../dev/templates/template';
import { Canvas } from './canvas';
import { Editor } from './editor';

const NAMED = 'folder-watcher';
const NAMED_NODE = 'Files under Way';
const TABLE = 'Recordings of the folder watcher';
const BY_EXPRESSION = 'rate-limited-backlog';
const NODE_BY_EXPRESSION = 'Waiting Links';

let editor: Editor;
let canvas: Canvas;
let folder: string;

// without useEditor: the editor complains of the table that is not there yet, which is what is tested
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'transcription-tables-'));
	editor = await Editor.open();
	canvas = new Canvas(editor.page);
});

afterAll(async () => {
	await editor?.close();
	await rm(folder, { recursive: true, force: true });
});

const issues = () => editor.page.getByTestId('parameter-issues');
const conditions = () => editor.page.getByText('Must Match');

/** How many fields of a node's panel n8n frames in red, once it has asked for the table's columns. */
async function framesOf(node: string): Promise<number> {
	const asked = editor.page.waitForResponse((reply) =>
		reply.url().includes('/dynamic-node-parameters/options'),
	);
	await canvas.node(node).dblclick();
	await conditions().waitFor();
	await asked;
	await editor.page.waitForLoadState('networkidle');
	const count = await issues().count();
	await editor.page.keyboard.press('Escape');
	await conditions().waitFor({ state: 'hidden' });
	return count;
}

/** Imports a template with a table of its own: another suite may have run it in the same n8n. */
async function imported(name: string): Promise<WorkflowJson> {
	const text = (await readFile(templateFile(name), 'utf8')).replaceAll(TABLE, 'Not There Yet');
	const file = join(folder, `${name}.json`);
	await writeFile(file, text);
	await canvas.importFile(file);
	await canvas.rest();
	return JSON.parse(text) as WorkflowJson;
}

it('frames the columns of a Data Table node red until the table exists', async () => {
	const { nodes } = await imported(NAMED);
	expect(await framesOf(NAMED_NODE)).toBeGreaterThan(0);

	const { tableName, columns } = nodes.find(({ name }) => name === 'Ledger')!
		.parameters as unknown as {
		tableName: string;
		columns: { column: DataTableColumn[] };
	};
	await editor.client.tables.create(tableName, columns.column);
	expect(await framesOf(NAMED_NODE)).toBe(0);
	await canvas.clear();
});

it('frames them red where an execution only gives the table', async () => {
	await imported(BY_EXPRESSION);

	expect(await framesOf(NODE_BY_EXPRESSION)).toBeGreaterThan(0);
	await canvas.clear();
});
