import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../dev/n8n/types';
import { samplesFolder } from '../../dev/paths';
import { FolderWatcher, transcriptFor } from '../rig/templates/folderWatcher';
import { ENGINE_AS_IT_COMES } from '../rig/n8n/n8n';

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
	'status-413-on-upload.mp3': 'PAYLOAD_TOO_LARGE',
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

// what the macOS Finder leaves beside files on network drives, and other hidden ones
const hiddenNames = ['._a.mp3', '.hidden.mp3', '.a.wav.swp.mp3', '.~lock.talk.mp4'];

/** Makes files whose names say so vanish or change between the claim and the reading. */
function meddle(workflow: WorkflowJson): void {
	const jsCode = `
		const { unlink, writeFile } = require('fs/promises');
		for (const { json: { path } } of $input.all()) {
			if (path.includes('vanishing')) await unlink(path);
			if (path.includes('changing')) {
				const marker = path.replace('/input/', '/') + '.changed';
				await writeFile(marker, '', { flag: 'wx' }).then(() => writeFile(path, 'changed'), () => {});
			}
		}
		return $input.all();`;
	workflow.nodes.push(codeNode('Meddle', jsCode));
	const outputs = workflow.connections['What to Do']?.main;
	if (outputs?.[0]?.[0]?.node !== 'Read Files') throw new Error('The lanes are not as they were.');
	workflow.connections.Meddle = { main: [outputs[0]] };
	outputs[0] = [{ node: 'Meddle', type: 'main', index: 0 }];
}

function codeNode(name: string, jsCode: string): INode {
	const type = 'n8n-nodes-base.code';
	return { id: name, name, type, typeVersion: 2, position: [0, 0], parameters: { jsCode } };
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
		watcher = await FolderWatcher.start({
			edit: meddle,
			leaseMs: 60_000,
			environment: ENGINE_AS_IT_COMES,
		});
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
		for (const name of hiddenNames) await drop(name);
		await drop('call.amr');
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

	it.each(hiddenNames)('leaves the hidden file %s alone', async (name) => {
		expect(await readdir(watcher.input)).toContain(name);
		expect(await watcher.rowsOf(name)).toEqual([]);
	});

	it('writes one note for media of a kind that Scriptivox does not take', async () => {
		expect(await watcher.text('failed_call.txt')).toContain('Code: FORMAT_NOT_TAKEN\n');
		expect(await readdir(watcher.failed)).toContain('call.amr');
		const [row, ...others] = await watcher.rowsOf('call.amr');
		expect(row).toMatchObject({ file: 'call.amr', state: 'failed' });
		expect(row?.message).toMatch(/^FORMAT_NOT_TAKEN: ./);
		expect(others).toEqual([]);
	});

	it('says in its table where each recording stands', async () => {
		const [done] = await watcher.rowsOf('a.wav');
		expect(done).toMatchObject({ file: 'a.wav', state: 'done', job: expect.any(String) as string });
		expect(Date.parse(String(done?.since))).toBeGreaterThan(Date.now() - 3_600_000);
		const [failed] = await watcher.rowsOf('fail-PROCESSING_ERROR.mp3');
		expect(failed?.state).toBe('failed');
		expect(failed?.message).toMatch(/^PROCESSING_ERROR: ./);
	});

	it('pays once for each transcript, and leaves nothing half done', async () => {
		const texts = Object.keys(await watcher.texts());
		const transcripts = texts.filter((name) => !name.startsWith('failed_') && name !== 'taken.txt');
		const statistics = watcher.simulator.scriptivox.statistics();
		expect(texts.filter((name) => name.startsWith('.'))).toEqual([]);
		await watcher.until('No hidden text is left', async () => {
			return (await watcher.hiddenTexts()).length === 0;
		});
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
		expect((await watcher.waiting()).sort()).toEqual(['folder.mp3', 'link.mp3']);
		expect((await watcher.rowsOf('link.mp3')).concat(await watcher.rowsOf('folder.mp3'))).toEqual(
			[],
		);
		await rename(join(watcher.input, 'link.mp3'), join(watcher.output, '..', 'link.mp3'));
		await rename(join(watcher.input, 'folder.mp3'), join(watcher.output, '..', 'folder.mp3'));
	});

	it('waits until a file has stopped growing', async () => {
		const parts: Buffer[] = [];
		// ten times while a file has to lie still: a busy machine may be late with some of them
		const growing = setInterval(() => {
			const part = randomBytes(1_000);
			parts.push(part);
			appendFileSync(join(watcher.input, 'growing.mp3'), part);
		}, 100);
		try {
			await drop('beside the growing.mp3');
			await watcher.untilState('beside the growing.mp3', 'done');
			expect(await watcher.rowsOf('growing.mp3')).toEqual([]);
		} finally {
			clearInterval(growing);
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
		await watcher.untilState('slow-6s no-webhook.mp3', 'transcribing');
		const [row] = await watcher.rowsOf('slow-6s no-webhook.mp3');
		const transcription_id = String(row?.job);
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
	const names = ['one.mp3', 'two.wav', 'calls/three.mp4', 'calls/may/one.mp3'];
	const contents = new Map<string, Buffer>();
	let watcher: FolderWatcher;

	beforeAll(async () => {
		const template = 'folder-watcher-polling';
		const settings = { subfolders: true, files: 'txt, SRT,vtt' };
		watcher = await FolderWatcher.start({ template, settings, edit: collect });
		const inputFolder = watcher.input.replace('/input', '/./input//');
		await watcher.publishCopy({ template, settings: { ...settings, inputFolder }, edit: collect });
		await mkdir(join(watcher.input, 'calls', 'may'), { recursive: true });
		for (const name of names) contents.set(name, await watcher.drop(name));
		await watcher.drop('fail-PROCESSING_ERROR.mp3');
		await watcher.until('Every file has its end', async () => {
			const rows = await watcher.rows();
			return rows.length >= 5 && rows.every(({ state }) => /^(done|failed)$/.test(String(state)));
		});
	});

	afterAll(async () => {
		await watcher?.stop();
	});

	it('fetches each transcript by polling, to the same place below the output folder', async () => {
		for (const [name, content] of contents) {
			expect(await watcher.text(`${stemOf(name)}.txt`)).toBe(transcriptFor(content));
			expect((await readFile(join(watcher.done, name))).equals(content)).toBe(true);
		}
		expect(await readdir(watcher.failed)).toEqual(['fail-PROCESSING_ERROR.mp3']);
	});

	it.each(names)('writes subtitles beside the text of %s', async (name) => {
		expect(await watcher.text(`${stemOf(name)}.srt`)).toMatch(/^1\n00:00:0/);
		expect(await watcher.text(`${stemOf(name)}.vtt`)).toMatch(/^WEBVTT\n/);
	});

	it('keeps one ledger for one folder, in whatever way two watchers write it', async () => {
		const { paidJobs, duplicatesByContent, webhooks } = watcher.simulator.scriptivox.statistics();
		expect({ paidJobs, duplicatesByContent, sent: webhooks.sent }).toEqual({
			paidJobs: names.length,
			duplicatesByContent: 0,
			sent: 0,
		});
		expect(await watcher.rows()).toHaveLength(names.length + 1);
	});

	it('hands each transcript, and no failure, to the steps behind Finished Recordings', async () => {
		const given = async () => {
			const text = await readFile(collected(), 'utf8').catch(() => '');
			return text.split('\n').filter(Boolean);
		};
		await watcher.until('All have come through', async () => {
			return (await given()).length >= names.length;
		});
		const items = (await given()).map((line) => JSON.parse(line) as Record<string, unknown>);
		const expected = [...contents].map(([name, content]) => ({
			fileName: name.split('/').at(-1),
			text: transcriptFor(content),
			language: expect.any(String) as string,
			durationSeconds: expect.any(Number) as number,
			transcriptionId: expect.any(String) as string,
			outputPath: join(watcher.output, `${stemOf(name)}.txt`),
		}));
		expect(items).toHaveLength(names.length);
		expect(items).toEqual(expect.arrayContaining(expected));
	});

	function collected(): string {
		return join(watcher.output, '..', 'collected');
	}

	/** A user's own step: writes down what it is given. */
	function collect(workflow: WorkflowJson): void {
		const jsCode = `
			const { appendFile } = require('fs/promises');
			const file = $('Settings').first().json.outputFolder + '/../collected';
			for (const { json } of $input.all()) await appendFile(file, JSON.stringify(json) + '\\n');
			return [];`;
		workflow.nodes.push(codeNode('Collect', jsCode));
		workflow.connections['Finished Recordings'] = {
			main: [[{ node: 'Collect', type: 'main', index: 0 }]],
		};
	}
});
