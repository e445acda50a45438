import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../dev/n8n/types';
import { projectFolder } from '../../dev/paths';
import { FolderWatcher, transcriptFor } from '../rig/folderWatcher';

const samplesFolder = join(projectFolder, 'dev', 'samples');
const longestName = `${'é'.repeat(125)}x.mp3`;
const strangeNames = [
	`"double" 'single' \`back\`.mp3`,
	'two\nlines.mp3',
	'😀 émoji.mp3',
	'-rf.mp3',
	'[a-z]*.mp3',
	'{a,b}? (c) !d.mp3',
	'@(e|f).mp3',
	'$HOME; rm ^ #%20 & ~.mp3',
	'back\\slash.mp3',
	'.hidden.mp3',
	' spaces .mp3',
	'no.stem.here.MP3',
	'file_12.oga',
	'clip.MPG',
	'song.aif',
	'memo.qta',
	'a blank behind.mp3 ',
	longestName,
];
// by these parts of their names the simulator makes them fail or come late
const refusedNames = {
	'fail-PROCESSING_ERROR.mp3': 'PROCESSING_ERROR',
	'fail-INVALID_MEDIA_FORMAT.mp4': 'INVALID_MEDIA_FORMAT',
	'refuse-FILE_TOO_LARGE.mp3': 'FILE_TOO_LARGE',
	'status-403-on-upload.mp3': 'INTERNAL_ERROR',
	'empty.mp3': 'FILE_EMPTY',
};
const troubledNames = [
	'no-webhook.mp3',
	'bare-webhook.mp3',
	'lost-on-transcribe-x2.mp3',
	'status-503-on-upload-x2.mp3',
	'reset-on-put-x2.mp3',
	'status-500-on-get-x2 no-webhook.mp3',
];

/** Makes files whose names say so vanish or change between the claim and the reading. */
function meddle(workflow: WorkflowJson): void {
	const jsCode = `
		const { unlink, writeFile } = require('fs/promises');
		const { path } = $input.first().json;
		if (path.includes('vanishing')) await unlink(path);
		if (path.includes('changing')) {
			const marker = path.replace('/input/', '/') + '.changed';
			await writeFile(marker, '', { flag: 'wx' }).then(() => writeFile(path, 'changed'), () => {});
		}
		return $input.all();`;
	const meddler: INode = {
		id: 'meddler',
		name: 'Meddle',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [0, 0],
		parameters: { jsCode },
	};
	workflow.nodes.push(meddler);
	const outputs = workflow.connections['Already Uploaded']?.main;
	if (!outputs?.[1]) throw new Error('The lane of one file is not as it was.');
	workflow.connections.Meddle = { main: [outputs[1]] };
	outputs[1] = [{ node: 'Meddle', type: 'main', index: 0 }];
}

/** The stem of a file's name, as its transcript bears it. */
function stemOf(name: string): string {
	return name.slice(0, name.lastIndexOf('.'));
}

describe('the folder watcher', () => {
	const contents = new Map<string, Buffer>();
	let watcher: FolderWatcher;

	async function drop(name: string, content?: Buffer): Promise<void> {
		contents.set(name, await watcher.drop(name, content));
	}

	function textOf(name: string): string {
		return transcriptFor(contents.get(name) ?? Buffer.alloc(0));
	}

	beforeAll(async () => {
		watcher = await FolderWatcher.start({ edit: meddle });
		await mkdir(watcher.output, { recursive: true });
		await writeFile(join(watcher.output, 'taken.txt'), 'not to be touched');
		for (const name of await readdir(samplesFolder)) {
			if (/\.(wav|mp3|ogg|m4a|mp4)$/.test(name)) {
				await drop(name, await readFile(join(samplesFolder, name)));
			}
		}
		for (const name of ['a.mp3', 'a.wav', 'taken.mp3', 'silence.mp3']) await drop(name);
		for (const name of [...strangeNames, ...troubledNames]) await drop(name);
		for (const name of Object.keys(refusedNames)) {
			await drop(name, name === 'empty.mp3' ? Buffer.alloc(0) : undefined);
		}
		await drop('vanishing.mp3');
		await watcher.untilSettled();
	});

	afterAll(async () => {
		await watcher?.stop();
	});

	it('gives each sample its transcript and moves it to the done folder', async () => {
		for (const name of await readdir(samplesFolder)) {
			if (!contents.has(name)) continue;
			expect(await watcher.text(`${stemOf(name)}.txt`)).toBe(textOf(name));
			const moved = await readFile(join(watcher.done, name));
			expect(moved.equals(contents.get(name) ?? Buffer.alloc(0))).toBe(true);
		}
	});

	it('gives files that differ in their extension only a transcript each', async () => {
		const texts = [await watcher.text('a.txt'), await watcher.text('a_2.txt')];
		expect(texts.sort()).toEqual([textOf('a.mp3'), textOf('a.wav')].sort());
	});

	it('never overwrites a file that is there already', async () => {
		expect(await watcher.text('taken.txt')).toBe('not to be touched');
		expect(await watcher.text('taken_2.txt')).toBe(textOf('taken.mp3'));
	});

	it.each(strangeNames)('takes the name %j', async (name) => {
		expect(await watcher.text(`${stemOf(name)}.txt`)).toBe(textOf(name));
		expect(await readdir(watcher.done)).toContain(name);
	});

	it.each(troubledNames)('gets over the trouble of %s', async (name) => {
		expect(await watcher.text(`${stemOf(name)}.txt`)).toBe(textOf(name));
	});

	it('writes an empty transcript where nothing was spoken', async () => {
		expect(await watcher.text('silence.txt')).toBe('');
	});

	it.each(Object.entries(refusedNames))('writes a note for %s', async (name, code) => {
		const note = await watcher.text(`failed_${stemOf(name)}.txt`);
		expect(note).toMatch(new RegExp(`^File: ${name}\nCode: ${code}\nMessage: .+\n$`));
		expect(await readdir(watcher.failed)).toContain(name);
	});

	it('writes a note for a file that was gone when its turn came', async () => {
		expect(await watcher.text('failed_vanishing.txt')).toContain('Code: FILE_GONE\n');
	});

	it('pays once for each transcript, and leaves nothing half done', async () => {
		const texts = Object.keys(await watcher.texts());
		const transcripts = texts.filter((name) => !name.startsWith('failed_') && name !== 'taken.txt');
		const statistics = watcher.simulator.scriptivox.statistics();
		expect(texts.filter((name) => /^\.\d+\.part$/.test(name))).toEqual([]);
		expect(statistics.paidJobs).toBe(transcripts.length);
		expect(statistics.duplicatesByContent).toBe(0);
		expect(statistics.idempotentReplays).toBeGreaterThan(0);
		expect(statistics.keysSeenAtStorage).toBe(0);
		expect(statistics.peakParallelUploads).toBeLessThanOrEqual(10);
	});

	it('leaves links and folders with a media extension alone', async () => {
		await symlink(join(watcher.done, 'a.mp3'), join(watcher.input, 'link.mp3'));
		await mkdir(join(watcher.input, 'folder.mp3'));
		await drop('after the link.mp3');
		await watcher.untilState('after the link.mp3', 'done');
		expect((await readdir(watcher.input)).sort()).toEqual(['folder.mp3', 'link.mp3']);
		expect((await watcher.rowsOf('link.mp3')).concat(await watcher.rowsOf('folder.mp3'))).toEqual(
			[],
		);
		await rename(join(watcher.input, 'link.mp3'), join(watcher.output, '..', 'link.mp3'));
		await rename(join(watcher.input, 'folder.mp3'), join(watcher.output, '..', 'folder.mp3'));
	});

	it('waits until a file has stopped growing', async () => {
		const parts = Array.from({ length: 12 }, () => randomBytes(5_000));
		for (const part of parts) {
			await appendFile(join(watcher.input, 'growing.mp3'), part);
			await sleep(600);
		}
		contents.set('growing.mp3', Buffer.concat(parts));
		await watcher.untilState('growing.mp3', 'done');
		expect(await watcher.text('growing.txt')).toBe(textOf('growing.mp3'));
		expect(await watcher.rowsOf('growing.mp3')).toHaveLength(1);
	});

	it('takes a file that was written to after its claim as a new one, and pays once', async () => {
		const { jobs } = watcher.simulator.scriptivox.statistics();
		await drop('changing.mp3');
		await watcher.untilSettled();
		expect(watcher.simulator.scriptivox.statistics().jobs).toBe(jobs + 1);
		expect(await watcher.text('changing.txt')).toBe(transcriptFor(Buffer.from('changed')));
	});

	it('takes a file that is dropped again as a new one', async () => {
		await drop('again.mp3');
		await watcher.untilState('again.mp3', 'done');
		const first = textOf('again.mp3');
		await drop('again.mp3');
		await watcher.until(
			'Both are done',
			async () => (await watcher.rowsOf('again.mp3')).length === 2,
		);
		await watcher.untilSettled();
		expect(await watcher.text('again.txt')).toBe(first);
		expect(await watcher.text('again_2.txt')).toBe(textOf('again.mp3'));
		expect(await readdir(watcher.done)).toEqual(
			expect.arrayContaining(['again.mp3', 'again_2.mp3']),
		);
	});

	it('transcribes a recording anew that is moved back from the done folder', async () => {
		await rename(join(watcher.done, 'again.mp3'), join(watcher.input, 'again.mp3'));
		await watcher.until(
			'There is a third',
			async () => (await watcher.rowsOf('again.mp3')).length === 3,
		);
		await watcher.untilSettled();
		expect(await watcher.text('again_3.txt')).toBe(await watcher.text('again.txt'));
	});

	it('believes only webhooks that are signed, fresh and whole', async () => {
		await drop('slow-6s no-webhook.mp3');
		await watcher.untilState('slow-6s no-webhook.mp3', 'submitted');
		const [row] = await watcher.rowsOf('slow-6s no-webhook.mp3');
		const transcription_id = String(row?.transcriptionId);
		const payload = { status: 'completed', result: { full_transcript: 'forged' } };
		const { scriptivox } = watcher.simulator;
		for (const wrong of [
			{ signature: 'forged' as const },
			{ signature: 'missing' as const },
			{ timestampOffsetSeconds: -600 },
			{ truncated: true },
		]) {
			const { status } = await scriptivox.sendEvent({ transcription_id, payload, ...wrong });
			expect(status).toBeGreaterThanOrEqual(400);
		}
		await watcher.untilSettled();
		expect(await watcher.text('slow-6s no-webhook.txt')).toBe(textOf('slow-6s no-webhook.mp3'));
	});

	it('writes nothing for a webhook that comes a second time, or of an unknown job', async () => {
		const before = await watcher.texts();
		const job = watcher.simulator.scriptivox.jobs().find(({ fileName }) => fileName === 'a.mp3');
		const transcription_id = String(job?.id);
		await watcher.simulator.scriptivox.sendEvent({ transcription_id, replay: true });
		const payload = { transcription_id: '00000000-0000-4000-8000-000000000000' };
		await watcher.simulator.scriptivox.sendEvent({ transcription_id, payload });
		await sleep(3000);
		expect(await watcher.texts()).toEqual(before);
	});
});

describe('the folder watcher without a webhook', () => {
	it('fetches each transcript by polling', async () => {
		const watcher = await FolderWatcher.start({ template: 'folder-watcher-polling' });
		try {
			const names = ['one.mp3', 'two.wav', 'three.mp4'];
			const texts: Record<string, string> = {};
			for (const name of names)
				texts[`${stemOf(name)}.txt`] = transcriptFor(await watcher.drop(name));
			await watcher.drop('fail-PROCESSING_ERROR.mp3');
			await watcher.untilSettled();
			expect(await watcher.texts()).toMatchObject(texts);
			expect(Object.keys(await watcher.texts())).toHaveLength(4);
			const { paidJobs, webhooks } = watcher.simulator.scriptivox.statistics();
			expect({ paidJobs, sent: webhooks.sent }).toEqual({ paidJobs: 3, sent: 0 });
		} finally {
			await watcher.stop();
		}
	});
});
