import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import type { Locator } from 'playwright-core';
import { STICKY_NOTE } from '../../dev/templates/stickyNote';
import { readTemplate } from '../../dev/templates/template';
import { Canvas } from './canvas';
import { CredentialDialog } from './credentialDialog';
import { Editor } from './editor';
import { keepPicture, keepPictureOfCanvas } from './pictures';
import { useEditor } from './useEditor';

/** What a newcomer should not need more of: clicks, and texts typed or pasted. */
const MOST_ACTIONS = 15;
const FOLDER_OF_TEMPLATE = '/home/node/.n8n-files';
/** Where a panel shows what came out, in pixels. */
const OUTPUT = { x: 960, y: 25, width: 515, height: 520 };
const starter = 'folder-to-text-and-subtitles';

let editor: Editor;
let canvas: Canvas;
let actions: number;

useEditor(
	(opened) => {
		editor = opened;
		canvas = new Canvas(editor.page);
		actions = 0;
	},
	async () => await Editor.openForNewcomer(),
);

/** The starter as its note asks for it where n8n is not in Docker: with folders that are there. */
async function starterForHere(): Promise<string> {
	const { files } = editor.stage;
	const [recordings, transcripts] = ['recordings', 'transcripts'].map((name) => join(files, name));
	await mkdir(recordings!, { recursive: true });
	await mkdir(transcripts!, { recursive: true });
	await writeFile(join(recordings!, 'talk.mp3'), 'ID3 a talk');
	const template = await readTemplate(starter);
	for (const node of template.nodes.filter(({ type }) => type !== STICKY_NOTE)) {
		const parameters = JSON.stringify(node.parameters).replaceAll(FOLDER_OF_TEMPLATE, files);
		node.parameters = JSON.parse(parameters) as INodeParameters;
	}
	const file = join(files, `${starter}.json`);
	await writeFile(file, JSON.stringify(template));
	return file;
}

async function click(target: Locator): Promise<void> {
	actions++;
	await target.click();
}

async function open(target: Locator): Promise<void> {
	actions++;
	await target.dblclick();
}

it('leads from the file of a starter to the subtitles of a recording', async () => {
	const { page, stage } = editor;
	const file = await starterForHere();
	await editor.goToNewWorkflow();

	actions += 3; // the menu, its entry, the file
	await canvas.importFile(file);
	await canvas.node('Transcribe').waitFor();
	await canvas.clickBeside();
	await keepPictureOfCanvas(page, canvas, 'first-minutes/import');

	await open(canvas.node('Transcribe'));
	await click(page.getByTestId('node-credentials-select'));
	await click(page.getByTestId('node-credentials-select-item-new'));
	const dialog = new CredentialDialog(page);
	const { data } = stage.credentials.find(({ type }) => type === 'scriptivoxApi')!;
	actions += 2; // the key, the button
	await dialog.fill('apiKey', String(data.apiKey));
	await keepPicture(page, 'first-minutes/credential');
	// a credential that works is saved, and its dialog goes away
	await dialog.press();
	await page.getByTestId('editCredential-modal').waitFor({ state: 'hidden' });

	actions++;
	await page.keyboard.press('Escape');
	await click(page.getByTestId('execute-workflow-button').first());
	await page.getByText('Workflow executed successfully').first().waitFor();
	await canvas.rest();
	await keepPictureOfCanvas(page, canvas, 'first-minutes/run');

	await open(canvas.node('Transcribe'));
	const output = page.getByTestId('output-panel');
	await output.waitFor();
	await click(output.getByTestId('radio-button-binary'));
	const downloaded = page.waitForEvent('download');
	await click(output.getByRole('button', { name: 'Download' }).first());
	const download = await downloaded;
	await keepPicture(page, 'first-minutes/subtitles', { clip: OUTPUT });
	const saved = join(stage.files, download.suggestedFilename());
	await download.saveAs(saved);
	const subtitles = await readFile(saved, 'utf8');

	expect(subtitles).toMatch(/^1\r?\n00:00:\d\d,\d{3} --> 00:00:/);
	expect(await readFile(join(stage.files, 'transcripts', 'talk.srt'), 'utf8')).toBe(subtitles);
	expect(actions).toBeLessThanOrEqual(MOST_ACTIONS);
});
