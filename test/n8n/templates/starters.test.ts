import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../../dev/n8n/types';
import { projectFolder, samplesFolder } from '../../../dev/paths';
import { type Request, ScriptedChatModel } from '../../rig/hosts/chatModel';
import {
	downloadsOf,
	nextPage,
	submitForm,
	submitPage,
	submitShortForm,
	toldOn,
} from '../../rig/workflows/forms';
import { Gallery, type ImportOptions } from '../../rig/templates/gallery';
import { PlayedHosts } from '../../rig/hosts/playedHosts';
import {
	FILES_OF_TEMPLATES,
	nodeNamed,
	publishStarter,
	starterFolders,
} from '../../rig/templates/starters';
import { errorsOf, nodeOf, outputOf } from '../../rig/workflows/workflows';
import { until } from '../../rig/basics/until';

let played: PlayedHosts;
let model: ScriptedChatModel;
let gallery: Gallery;

beforeAll(async () => {
	played = await PlayedHosts.start();
	model = await ScriptedChatModel.start();
	gallery = await Gallery.start({
		simulator: { transcripton: { rateLimits: { enabled: false }, stageSeconds: 0.05 } },
		hosts: (simulator) => ({ ...played.hosts(simulator), 'api.openai.com': model.url }),
		credentials: () => [
			...played.credentials,
			{ name: 'OpenAI', type: 'openAiApi', data: { apiKey: 'sk-model' } },
		],
	});
});

afterAll(async () => {
	expect(gallery.proxy!.unknownHosts()).toEqual([]);
	await gallery.stop();
	await model.stop();
	await played.stop();
});

const publish = async (name: string, options?: ImportOptions) =>
	await publishStarter(gallery, name, options);

const soon = async (what: string, holds: () => Promise<boolean> | boolean) =>
	await until(what, holds, 60, executionsSoFar);

/** What has run, and how each of its nodes ended, for an error. */
async function executionsSoFar(): Promise<string> {
	const { client } = gallery.n8n;
	const workflows = await client.workflows();
	const summaries = await Promise.all(workflows.map(({ id }) => client.executions.newest(id)));
	const executions = await Promise.all(summaries.flat().map(({ id }) => client.executions.get(id)));
	return JSON.stringify(executions.map(({ data, status }) => [status, data?.resultData]));
}

/** What failed executions of a workflow say, the first first. */
async function errorsSoFar(id: string): Promise<string[]> {
	return (await errorsOf(gallery.n8n.client, id)).reverse();
}

describe('folder-to-text-and-subtitles', () => {
	it('writes text and subtitles of each recording once, and goes on behind one that fails', async () => {
		const { scriptivox } = gallery.simulator;
		const { transcripts, drop } = await starterFolders(gallery);
		const id = await publish('folder-to-text-and-subtitles', {
			secondsBetween: { 'Every Minute': 1 },
		});
		await drop('notes.pdf');
		// where these files are to be written lie folders
		for (const name of ['b.txt', 'c.srt']) await mkdir(join(transcripts, name));
		const failing = ['fail-PROCESSING_ERROR.mp3', 'fail-DOWNLOAD_FAILED.mp3', 'b.mp3', 'c.mp3'];
		for (const name of ['a talk ä.mp3', ...failing, 'z.wav']) await drop(name);

		await soon('the first are done', () => existsSync(join(transcripts, 'z.srt')));
		await soon('the failure is told', async () => (await errorsSoFar(id)).length > 0);
		await drop('later.m4a');
		await soon('the later one is done', () => existsSync(join(transcripts, 'later.srt')));

		expect((await readdir(transcripts)).sort()).toEqual(
			['a talk ä', 'b', 'c', 'later', 'z']
				.flatMap((stem) => [`${stem}.srt`, `${stem}.txt`])
				.filter((name) => name !== 'b.srt'),
		);
		expect(await readFile(join(transcripts, 'z.txt'), 'utf8')).toMatch(/\w+ \w+/);
		expect(await readFile(join(transcripts, 'z.srt'), 'utf8')).toMatch(/^1\r?\n00:00:/);
		expect(scriptivox.statistics()).toMatchObject({ jobs: 7 });
		const errors = await errorsSoFar(id);
		expect(errors).toHaveLength(1);
		for (const code of ['PROCESSING_ERROR', 'DOWNLOAD_FAILED']) expect(errors[0]).toContain(code);
		expect(errors[0]!.match(/is a directory/g)).toHaveLength(2);
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('the steps that docs/change-a-template.md adds to folder-to-text-and-subtitles', () => {
	let page: string;

	beforeAll(async () => {
		page = await readFile(join(projectFolder, 'docs', 'change-a-template.md'), 'utf8');
	});

	/** A value as the page has it, as n8n stores it. */
	function entered(value: string): string {
		expect(page).toContain(`\`${value}\``);
		return value.includes('{{') ? `=${value}` : value;
	}

	/** Adds a node behind an output of another one. */
	function addBehind(workflow: WorkflowJson, before: string, node: INode): void {
		workflow.nodes.push(node);
		const main = (workflow.connections[before] ??= { main: [[]] }).main!;
		(main[0] ??= []).push({ node: node.name, type: 'main', index: 0 });
	}

	function addSteps(workflow: WorkflowJson): void {
		nodeNamed(workflow, 'Transcribe').parameters.files = ['srt', 'txt', 'vtt'];
		const subtitles = nodeNamed(workflow, 'Write Subtitles');
		const path = '/home/node/.n8n-files/transcripts/{{ $binary.vtt.fileName }}';
		addBehind(workflow, 'Write Subtitles', {
			...nodeOf('Write Subtitles1', subtitles.type, {
				...subtitles.parameters,
				fileName: entered(path).replace(FILES_OF_TEMPLATES, gallery.files),
				dataPropertyName: entered('vtt'),
			}),
			typeVersion: subtitles.typeVersion,
		});
		addBehind(workflow, 'Transcribe', {
			...nodeOf('Send Email', 'n8n-nodes-base.emailSend', {
				fromEmail: 'me@example.com',
				toEmail: 'me@example.com',
				subject: entered('{{ $json.fileName }} was transcribed'),
				emailFormat: 'text',
				text: entered('{{ $json.text }}'),
				options: { fileAttachments: entered('txt,srt') },
			}),
			typeVersion: 2.1,
		});
		const url = 'https://www.notion.so/Transcripts-b4eeb113e118403aa450af65ac25f0b9';
		addBehind(workflow, 'Transcribe', {
			...nodeOf('Notion', 'n8n-nodes-base.notion', {
				resource: 'page',
				operation: 'create',
				pageId: { __rl: true, mode: 'url', value: url },
				title: entered('{{ $json.fileName }}'),
				contentType: 'markdown',
				markdown: entered('{{ $json.text }}'),
			}),
			typeVersion: 3,
		});
	}

	it('save WebVTT, mail the transcript with its files, and put it into Notion', async () => {
		const [recordings, transcripts] = [
			join(gallery.files, 'more'),
			join(gallery.files, 'transcripts'),
		];
		for (const folder of [recordings, transcripts]) await mkdir(folder, { recursive: true });
		const id = await publish('folder-to-text-and-subtitles', {
			secondsBetween: { 'Every Minute': 1 },
			edit(workflow) {
				addSteps(workflow);
				const { parameters } = nodeNamed(workflow, 'Read Recordings');
				parameters.fileSelector = join(recordings, '*.mp3');
			},
		});
		await writeFile(join(gallery.files, 'board.mp3'), 'ID3 board');
		await rename(join(gallery.files, 'board.mp3'), join(recordings, 'board.mp3'));

		await soon('all is there', () => {
			const isMailed = played.mailbox.mails.length > 0 && played.notion.pages.length > 0;
			return isMailed && existsSync(join(transcripts, 'board.vtt'));
		});

		const text = (await readFile(join(transcripts, 'board.txt'), 'utf8')).trim();
		const firstWords = text.split(/\s+/).slice(0, 3).join(' ');
		expect(await readFile(join(transcripts, 'board.vtt'), 'utf8')).toMatch(/^WEBVTT/);
		expect(played.notion.pages).toEqual([
			{ title: 'board.mp3', markdown: expect.stringContaining(firstWords) as string },
		]);
		const [mail = ''] = played.mailbox.mails;
		expect(mail).toContain('Subject: board.mp3 was transcribed');
		expect(mail).toContain(firstWords);
		expect(mail).toContain('filename=board.txt');
		expect(mail).toContain('filename=board.srt');
		expect(await errorsSoFar(id)).toEqual([]);
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('google-drive-to-google-doc', () => {
	it('makes a Google Doc beside each recording, and leaves other files and failures alone', async () => {
		const { googleDrive, transcripton } = gallery.simulator;
		const { id: folder } = googleDrive.addFolder('Recordings');
		const drop = (name: string, mimeType: string, createdTime?: string) =>
			googleDrive.addFile({
				name,
				parent: folder,
				mimeType,
				bytes: Buffer.from(`ID3 ${name}`),
				createdTime,
			});
		// n8n's trigger asks from the whole second in which the workflow was published
		const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
		drop('there before.mp3', 'audio/mpeg', anHourAgo);
		const id = await publish('google-drive-to-google-doc', {
			secondsBetween: { 'When a File Arrives': 2 },
			edit: (workflow) => {
				const locator = { __rl: true, mode: 'list', value: folder };
				nodeNamed(workflow, 'When a File Arrives').parameters.folderToWatch = locator;
			},
		});
		// the newest is listed, and so downloaded, first
		googleDrive.fail({
			endpoint: 'GET /drive/v3/files/{id}?alt=media',
			kind: 'status',
			status: 404,
		});
		drop('fail-job.mp3', 'audio/mpeg');
		drop('fail-job too.mp3', 'audio/mpeg');
		drop('Weekly sync', 'audio/mpeg');
		drop('refused.mp3', 'audio/mpeg');
		drop('minutes.pdf', 'application/pdf');
		const documents = () =>
			googleDrive.filesIn(folder).filter(({ mimeType }) => mimeType.endsWith('.document'));

		await soon('the document is there', () => (documents()[0]?.bytes.length ?? 0) > 0);
		await soon('the failure is told', async () => (await errorsSoFar(id)).length > 0);

		expect(documents().map(({ name }) => name)).toEqual(['Weekly sync transcript']);
		expect(String(documents()[0]!.bytes)).toMatch(/\w+ \w+/);
		expect(
			transcripton
				.jobs()
				.map(({ fileName }) => fileName)
				.sort(),
		).toEqual(['Weekly sync.mp3', 'fail-job too.mp3', 'fail-job.mp3']);
		const [told = '', ...others] = await errorsSoFar(id);
		expect(others).toEqual([]);
		expect(told.split('\n')).toEqual([
			'The resource you are requesting could not be found',
			expect.stringContaining('could not transcribe'),
			expect.stringContaining('could not transcribe'),
		]);
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('dropbox-to-captions', () => {
	it('puts captions beside each recording, and never over a file', async () => {
		const { dropbox, whipscribe } = gallery.simulator;
		dropbox.addFile('/Recordings/there before.mp3');
		const id = await publish('dropbox-to-captions', {
			secondsBetween: { 'New Recording': 2 },
			edit: (workflow) => {
				const locator = { __rl: true, mode: 'path', value: '/Recordings' };
				const { parameters } = nodeNamed(workflow, 'New Recording');
				// left out in the template, where n8n's own value serves
				Object.assign(parameters, { folder: locator, pollTimes: {} });
			},
		});
		dropbox.addFile('/Recordings/written.srt', 'by hand');
		dropbox.addFile('/Recordings/fail-noise.mp3', 'ID3 noise');
		dropbox.addFile('/Recordings/written.mp3', 'ID3 one');
		dropbox.addFile('/Recordings/Größe 1/Gespräch ä $&.mp3', 'ID3 two');
		const paths = () => dropbox.files().map(({ path_display }) => path_display);

		await soon('captions lie there', () => paths().includes('/Recordings/written (1).srt'));
		await soon('all of them', () => paths().includes('/Recordings/Größe 1/Gespräch ä $&.srt'));
		await soon('the failure is told', async () => (await errorsSoFar(id)).length > 0);

		expect(String(dropbox.contentOf('/Recordings/written.srt'))).toBe('by hand');
		expect(String(dropbox.contentOf('/Recordings/written (1).srt'))).toMatch(/^1\r?\n00:00:/);
		expect(whipscribe.statistics().jobs).toBe(3);

		// the first and the third are refused
		const refused = { endpoint: 'POST /files/upload', kind: 'status' as const, status: 409 };
		dropbox.fail({ ...refused, message: 'Refused at first.' });
		dropbox.fail({ ...refused, code: 'path/no_write_permission', after: 1 });
		for (const name of ['b', 'fail-noise c', 'd', 'e']) {
			dropbox.addFile(`/Recordings/${name}.mp3`, `ID3 ${name}`);
		}
		await soon('the failures are told', async () => (await errorsSoFar(id)).length > 1);

		const [, told = ''] = await errorsSoFar(id);
		expect(told.split('\n')).toEqual([
			expect.stringContaining('could not transcribe'),
			expect.stringMatching(/^\/Recordings\/b\.mp3: .*Refused at first\.$/),
			expect.stringMatching(/^\/Recordings\/e\.mp3: .*path\/no_write_permission\/\.\.$/),
		]);
		expect(['b', 'd', 'e'].filter((name) => paths().includes(`/Recordings/${name}.srt`))).toEqual([
			'd',
		]);
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('telegram-voice-note-reply', () => {
	const voiceNote = (name: string) => ({
		voice: {
			file_id: played.telegram.addFile(`voice/${name}.oga`, Buffer.from(`OggS ${name}`)),
			mime_type: 'audio/ogg',
			duration: 3,
		},
	});

	it('replies with the text, or with why there is none', async () => {
		const { telegram } = played;
		const { whipscribe } = gallery.simulator;
		const id = await publish('telegram-voice-note-reply');
		const jobsBefore = whipscribe.statistics().jobs;
		const replyTo = async (message: object) => {
			const { messageId, status } = await telegram.send({ ...message });
			expect(status).toBe(200);
			const reply = () => telegram.sent.find((sent) => sent.reply_to_message_id === messageId);
			await soon('there is a reply', () => reply() !== undefined);
			return reply()!.text;
		};

		expect(await replyTo(voiceNote('hello'))).toMatch(/\w+ \w+/);
		whipscribe.fail({
			endpoint: 'GET /jobs/{id}/result',
			kind: 'patch',
			patch: { text: 'a_b < c & *d' },
		});
		expect(await replyTo(voiceNote('signs'))).toBe('a_b < c & *d');
		expect(await replyTo(voiceNote('silence'))).toBe('Nobody speaks in it.');
		expect(await replyTo(voiceNote('fail-noise'))).toContain('noise');
		expect(whipscribe.statistics().jobs).toBe(jobsBefore + 4);

		expect(await replyTo({ photo: [{ file_id: 'x', width: 90, height: 90 }] })).toContain(
			'Send me a voice note',
		);
		expect(await replyTo({ text: 'Hello?' })).toContain('Send me a voice note');
		expect(whipscribe.statistics().jobs).toBe(jobsBefore + 4);
		expect(await errorsSoFar(id)).toEqual([]);
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('upload-form-to-download-page', () => {
	it('gives the file that was asked for, or says why not', async () => {
		const id = await publish('upload-form-to-download-page');
		const recording = await readFile(join(samplesFolder, 'morning-briefing.wav'));
		const pageFor = async (fileName: string, content: Buffer, format: string) =>
			await nextPage(await submitForm(gallery.n8n, id, [{ fileName, content }, format]));

		const page = await pageFor('briefing.wav', recording, 'srt');
		expect(page).toContain('Here is your file');
		expect(page).toContain('briefing.srt');
		expect(await pageFor('briefing.wav', recording, 'docx')).toContain('briefing.docx');
		const refusal = await pageFor('minutes.pdf', Buffer.from('%PDF <b>'), 'txt');
		expect(refusal).toContain('does not take .pdf files');
		const failed = await pageFor('fail-job.wav', recording, 'txt');
		expect(failed).toContain('could not transcribe the recording');
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('podcast-feed-transcripts', () => {
	it('writes the transcript of each new episode that has a recording', async () => {
		const { scriptivox } = gallery.simulator;
		const jobsBefore = scriptivox.statistics().jobs;
		const { episodes } = played.podcast;
		const at = (seconds: number) => new Date(Date.now() + seconds * 1000);
		const recording = (name: string) => `https://cdn.example.com/${name}.mp3?a=1&b=2`;
		episodes.push({ title: 'Old', date: at(-3600), recording: recording('media') });
		const id = await publish('podcast-feed-transcripts', { secondsBetween: { 'New Episode': 2 } });
		episodes.push({ title: 'A word in writing', date: at(60) });
		for (const code of ['DOWNLOAD_FAILED', 'URL_NOT_ACCESSIBLE']) {
			episodes.push({ title: 'Broken', date: at(61), recording: recording(`fail-${code}`) });
		}
		episodes.push({ title: 'Über: 7/8 "Fragen"?', date: at(62), recording: recording('media') });
		episodes.push({ title: 'Unwritten', date: at(63), recording: recording('media') });
		const today = DateTime.utc().toISODate();
		await mkdir(join(gallery.files, `${today} Unwritten.vtt`));
		const files = async () =>
			(await readdir(gallery.files)).filter((name) => /\.(txt|vtt)$/.test(name));

		await soon('it is written', async () =>
			(await files()).includes(`${today} Über 7 8 Fragen.vtt`),
		);
		await soon('the failure is told', async () => (await errorsSoFar(id)).length > 0);

		expect((await files()).sort()).toEqual(
			['Unwritten', 'Über 7 8 Fragen'].flatMap((title) => [
				`${today} ${title}.txt`,
				`${today} ${title}.vtt`,
			]),
		);
		const told = (await errorsSoFar(id))[0];
		for (const each of ['DOWNLOAD_FAILED', 'URL_NOT_ACCESSIBLE', 'is a directory']) {
			expect(told).toContain(each);
		}
		expect(scriptivox.statistics().jobs).toBe(jobsBefore + 4);
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('meeting-link-to-slack-summary', () => {
	it('posts the summary of a link, or why there is none', async () => {
		const id = await publish('meeting-link-to-slack-summary');
		const { posted } = played.slack;
		const enter = async (link: string) => {
			const count = posted.length;
			await submitShortForm(gallery.n8n, id, [link]);
			await soon('it is posted', () => posted.length > count);
			return posted.at(-1)!.text;
		};

		const summary = await enter('https://example.com/meetings/weekly.mp4');
		expect(summary).toMatch(/^https:\/\/example\.com\/meetings\/weekly\.mp4\n\w+/);
		expect(summary).toContain('• ');
		expect(await enter('https://example.com/fail-job.mp4')).toContain('could not transcribe');
		expect(await enter('the meeting of today')).toContain('URL must begin with');
		expect(gallery.simulator.transcripton.statistics().unknownFields).toBe(0);
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('sheet-links-to-transcripts', () => {
	async function publishSheet(): Promise<string> {
		return await publish('sheet-links-to-transcripts', {
			// a run that reads the sheet before another has marked its rows would pay for them again
			secondsBetween: { 'Every Ten Minutes': 10 },
			edit: (workflow) => {
				for (const node of workflow.nodes) {
					const locator = { __rl: true, mode: 'id', value: played.sheets.spreadsheetId };
					if (node.type.endsWith('.googleSheets')) node.parameters.documentId = locator;
					if (node.retryOnFail) node.waitBetweenTries = 100;
				}
			},
		});
	}

	it('fills in the sheet row by row, and leaves rows without a link alone', async () => {
		const { scriptivox } = gallery.simulator;
		const jobsBefore = scriptivox.statistics().jobs;
		const link = (name: string) => `https://example.com/${name}.mp3`;
		played.sheets.rows = [
			['Link', 'State', 'Transcript'],
			[link('one')],
			['', '', 'a row without a link'],
			[link('fail-URL_NOT_ACCESSIBLE')],
			['no link'],
			[link('done before'), 'done', '=1+1'],
			[link('two')],
		];
		const id = await publishSheet();
		const states = () => played.sheets.rows.slice(1).map(([, state = '']) => state);

		await soon('the last row is done', () => states().at(-1) === 'done');
		played.sheets.rows.push([link('three')]);
		await soon('a later row is done', () => states().at(-1) === 'done');

		expect(states()).toEqual(['done', '', 'failed', 'failed', 'done', 'done', 'done']);
		const texts = played.sheets.rows.slice(1).map(([, , text = '']) => text);
		expect(texts[0]).toMatch(/\w+ \w+/);
		expect(texts[1]).toBe('a row without a link');
		expect(texts[2]).toContain('URL_NOT_ACCESSIBLE');
		expect(texts[3]).toContain('URL must begin with');
		expect(texts[4]).toBe('=1+1');
		expect(scriptivox.statistics().jobs).toBe(jobsBefore + 4);
		expect(await errorsSoFar(id)).toEqual([]);
		await gallery.n8n.client.unpublishWorkflow(id);
	});

	it('goes on behind rows that Google does not write, and says so at the end', async () => {
		const link = (name: string) => `https://example.com/${name}.mp3`;
		played.sheets.rows = [
			['Link', 'State', 'Transcript'],
			...['first', 'second', 'fail-URL_NOT_ACCESSIBLE', 'last'].map((name) => [link(name)]),
		];
		const id = await publishSheet();
		const states = () => played.sheets.rows.slice(1).map(([, state = '']) => state);

		await soon('the rows are marked', () => states().every((state) => state === 'transcribing'));
		played.sheets.refusals.set(2, Infinity).set(4, Infinity).set(5, 3);
		await soon('the last row is done', () => states().at(-1) === 'done');
		await soon('the failures are told', async () => (await errorsSoFar(id)).length > 0);
		played.sheets.refusals.clear();

		expect(states()).toEqual(['transcribing', 'done', 'transcribing', 'done']);
		expect((await errorsSoFar(id))[0]!.split('\n')).toEqual([
			expect.stringMatching(/^Service unavailable/),
			expect.stringMatching(/^Service unavailable/),
		]);
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

/** The newest execution of a workflow, with the data of its nodes. */
async function newestExecution(id: string) {
	const { client } = gallery.n8n;
	return await client.executions.get((await client.executions.newest(id))[0]!.id);
}

/** For a second copy: n8n's editor does so when a workflow is imported. */
function withFreshWebhooks({ nodes }: WorkflowJson): void {
	for (const node of nodes) if (node.webhookId) node.webhookId = randomUUID();
}

/** A recording of about a minute and a half. */
const longRecording = Buffer.concat([Buffer.from('ID3 two people'), Buffer.alloc(1_400_000)]);

/** What subtitles say, and when: seconds. */
function cuesOf(srt: string): Array<{ start: number; end: number; text: string }> {
	const seconds = (time: string) => {
		const [hours, minutes, rest] = time.replace(',', '.').split(':').map(Number);
		return hours! * 3600 + minutes! * 60 + rest!;
	};
	const cues = srt.trim().split(/\r?\n\r?\n/);
	return cues.map((cue) => {
		const [, times = '', ...lines] = cue.split(/\r?\n/);
		const [start, end] = times.split(' --> ').map(seconds);
		return { start: start!, end: end!, text: lines.join(' ') };
	});
}

describe('translated-subtitles', () => {
	interface Piece {
		lines: Array<{ start: number; end: number; text: string }>;
	}

	let id: string;

	beforeAll(async () => {
		id = await publish('translated-subtitles', {
			edit: (workflow) => (nodeNamed(workflow, 'Split').parameters.maxCharacters = 200),
		});
	});

	afterAll(async () => await gallery.n8n.client.unpublishWorkflow(id));

	/** Every line that the model is given, as a translator of this kind gives it. */
	const byLine = (translate: (line: string) => string) => (request: Request) => {
		const asked = String(request.messages.at(-1)!.content);
		return asked.split('\n').map(translate).join('\n');
	};
	const german = byLine((line) => `Auf Deutsch ${line}`);
	const always = (turn: string | ((request: Request) => string)) =>
		model.say(...Array.from({ length: 50 }, () => turn));
	const pageFor = async (fileName: string, workflowId = id, file = longRecording) =>
		await nextPage(
			await submitForm(gallery.n8n, workflowId, [{ fileName, content: file }, 'German']),
		);

	it('puts what a chat model gives onto the times of what was said', async () => {
		always(german);

		const page = await pageFor('interview.mp3');
		expect(toldOn(page)).toBe('Here are your subtitles: The download begins by itself.');
		const files = downloadsOf(page);
		expect(Object.keys(files)).toEqual(['interview.German.srt']);
		const pieces = outputOf(await newestExecution(id), 'Split') as unknown as Piece[];
		expect(pieces.length).toBeGreaterThan(2);
		const lines = pieces.flatMap((piece) => piece.lines);
		const cues = cuesOf(files['interview.German.srt']!);
		const words = (texts: string[]) => texts.join(' ').split(/\s+/).join(' ');
		expect(words(cues.map(({ text }) => text))).toBe(
			words(lines.map(({ text }) => `Auf Deutsch ${text}`)),
		);
		const within = (line: Piece['lines'][number]) =>
			cues.some(({ start, end }) => start <= line.start + 0.01 && line.start < end);
		expect(lines.filter((line) => !within(line))).toEqual([]);
		expect(model.requests).toHaveLength(pieces.length);
		for (const { messages } of model.requests) {
			expect(JSON.stringify(messages)).toContain('into this language: German');
		}
	});

	it.each([
		['a code fence', (said: string) => `\`\`\`\n${said}\n\`\`\``],
		['blank lines', (said: string) => `\n${said.replaceAll('\n', '\n\n')}\n`],
		['all on one line', (said: string) => said.replaceAll('\n', ' ')],
	])('takes an answer with %s', async (_what, disturb) => {
		always((request) => disturb(german(request)));

		const [srt = ''] = Object.values(downloadsOf(await pageFor('interview.mp3')));

		expect(srt).not.toContain('`');
		expect(srt.replace(/\s+/g, ' ')).toContain('Auf Deutsch');
		expect(cuesOf(srt).filter(({ start, end }) => !(start < end))).toEqual([]);
	});

	it('says what the model has against it', async () => {
		model.say();
		const refused = await pageFor('interview.mp3');
		// as n8n puts it
		expect(toldOn(refused)).toMatch(
			/^There are no subtitles: Piece \d+ has an error in place of its text: Bad request/,
		);

		model.say(german, '', ...Array.from({ length: 50 }, () => german));
		const empty = await pageFor('interview.mp3');
		expect(toldOn(empty)).toMatch(/^There are no subtitles: Piece \d+ has lost its text/);
	});

	it('says why there is no transcript, and asks no model then', async () => {
		always(german);

		expect(toldOn(await pageFor('fail-PROCESSING_ERROR.mp3'))).toContain('PROCESSING_ERROR');
		expect(toldOn(await pageFor('minutes.pdf'))).toContain('does not take .pdf files');
		await expect(pageFor('silence.mp3')).rejects.toThrow('"success"');
		const { nodes } = await gallery.n8n.client.workflow(id);
		const form = nodes.find(({ name }) => name === 'Upload Form')!;
		const shown = await (await fetch(`${gallery.n8n.url}/form/${form.webhookId}`)).text();
		expect(shown).toContain('Nobody speaks in this recording');
		expect(model.requests).toEqual([]);
	});

	it('translates subtitles that there are, with From Captions in the place of Transcribe', async () => {
		const page = await readFile(
			join(projectFolder, 'docs', 'templates', 'translated-subtitles.md'),
			'utf8',
		);
		expect(page).toContain('*From Captions*');
		expect(page).toContain('`recording`');
		const swapped = await gallery.publishTemplate('translated-subtitles', {
			edit(workflow) {
				withFreshWebhooks(workflow);
				const transcribe = nodeNamed(workflow, 'Transcribe');
				transcribe.type = 'n8n-nodes-transcription.transcript';
				transcribe.parameters = {
					operation: 'fromCaptions',
					inputType: 'binaryFile',
					binaryPropertyName: 'recording',
				};
			},
		});
		always(german);
		const srt =
			'1\n00:00:01,000 --> 00:00:03,500\nGood morning.\n\n2\n00:01:04,000 --> 00:01:06,000\nGoodbye.\n';

		const files = downloadsOf(await pageFor('talk.srt', swapped, Buffer.from(srt)));
		const broken = await pageFor('talk.srt', swapped, Buffer.from(srt.replace('00:01:04', 'x')));

		expect(cuesOf(files['talk.German.srt']!)).toEqual([
			{ start: 1, end: 3.5, text: 'Auf Deutsch Good morning.' },
			{ start: 64, end: 66, text: 'Auf Deutsch Goodbye.' },
		]);
		expect(toldOn(broken)).toMatch(/^There are no subtitles: .*line 6/);
		await gallery.n8n.client.unpublishWorkflow(swapped);
	});
});

describe('speaker-names', () => {
	let id: string;

	beforeAll(async () => {
		id = await publish('speaker-names');
	});

	afterAll(async () => await gallery.n8n.client.unpublishWorkflow(id));

	const send = async (fileName: string) =>
		await submitForm(gallery.n8n, id, [{ fileName, content: longRecording }]);

	it('asks who stands behind each label, and puts the names into text and subtitles', async () => {
		const waiting = await send('interview.mp3');
		const asked = await nextPage(waiting);
		const labels = [...asked.matchAll(/<label[^>]*>\s*(SPEAKER \d): ([^<]+)</g)];
		expect(labels.map(([, label]) => label)).toEqual(['SPEAKER 1', 'SPEAKER 2']);
		for (const [, , line] of labels) expect(line).toMatch(/\w+ \w+/);
		expect(asked).toContain('Who is it?');

		await submitPage(waiting, [' Ann & Söhne ', '']);
		const files = downloadsOf(await nextPage(waiting));

		expect(Object.keys(files)).toEqual(['interview.txt', 'interview.srt']);
		for (const file of Object.values(files)) {
			expect(file).toContain('Ann & Söhne: ');
			expect(file).toContain('SPEAKER 2: ');
			expect(file).not.toContain('SPEAKER 1');
		}
		expect(cuesOf(files['interview.srt']!)[0]!.start).toBeGreaterThanOrEqual(0);
	});

	it('gives the files also where nobody speaks, and says why a recording failed', async () => {
		const waiting = await send('silence.mp3');
		await nextPage(waiting);
		await submitPage(waiting, []);
		expect(toldOn(await nextPage(waiting))).toContain('Here are text and subtitles');

		const failed = await nextPage(await send('fail-PROCESSING_ERROR.mp3'));
		expect(toldOn(failed)).toContain('PROCESSING_ERROR');
	});
});

describe('join-parts', () => {
	const form = async (id: string, folder: string) => await submitForm(gallery.n8n, id, [folder]);
	const drop = async (folder: string, names: string[]) => {
		await mkdir(join(gallery.files, 'parts', folder), { recursive: true });
		for (const name of names) {
			// some seconds each
			const recording = Buffer.concat([
				Buffer.from(`ID3 ${folder} ${name}`),
				Buffer.alloc(200_000),
			]);
			await writeFile(join(gallery.files, 'parts', folder, name), recording);
		}
	};
	const written = async () =>
		(await readdir(join(gallery.files, 'transcripts')))
			.filter((name) => /interview/.test(name))
			.sort();
	let id: string;

	beforeAll(async () => {
		await mkdir(join(gallery.files, 'transcripts'), { recursive: true });
		id = await publish('join-parts');
	});

	afterAll(async () => await gallery.n8n.client.unpublishWorkflow(id));

	it('writes one text and one file of subtitles of all parts, part 2 before part 10', async () => {
		await drop('interview', ['Part 10.mp3', 'part 2.MP3', 'part 1.mp3', 'Part 9.mp3', 'notes.txt']);

		await expect(nextPage(await form(id, 'interview'))).rejects.toThrow('"success"');

		expect(await written()).toEqual(['interview.srt', 'interview.txt']);
		const execution = await newestExecution(id);
		const parts = outputOf(execution, 'Transcribe') as unknown as Array<{
			fileName: string;
			durationSeconds: number;
			text: string;
			segments: Array<{ start: number }>;
		}>;
		expect(parts.map(({ fileName }) => fileName)).toEqual([
			'part 1.mp3',
			'part 2.MP3',
			'Part 9.mp3',
			'Part 10.mp3',
		]);
		const text = await readFile(join(gallery.files, 'transcripts', 'interview.txt'), 'utf8');
		const words = (of: string) => of.match(/[\p{L}\p{N}]+/gu)!.join(' ');
		expect(words(text.replace(/SPEAKER \d:/g, ''))).toBe(
			words(
				parts
					.map((part) => part.text)
					.join(' ')
					.replace(/SPEAKER \d:/g, ''),
			),
		);
		const [merged] = outputOf(execution, 'Merge') as unknown as typeof parts;
		const before = parts.slice(0, -1).reduce((sum, part) => sum + part.durationSeconds, 0);
		const last = parts.at(-1)!;
		const startInWhole = merged!.segments.at(-last.segments.length)!.start;
		expect(startInWhole).toBeCloseTo(before + last.segments[0]!.start, 2);
		expect(merged!.durationSeconds).toBeCloseTo(before + last.durationSeconds, 2);
		const srt = await readFile(join(gallery.files, 'transcripts', 'interview.srt'), 'utf8');
		expect(cuesOf(srt).at(-1)!.end).toBeGreaterThan(before);
	});

	it('says so when a folder is empty or not there', async () => {
		await drop('nothing', []);

		for (const folder of ['nothing', 'nowhere']) {
			const page = await nextPage(await form(id, folder));
			expect(toldOn(page)).toBe('The parts could not be read: No file(s) found');
		}
	});

	it('writes nothing while a part is missing, and pays only for that one when it is retried', async () => {
		const { scriptivox } = gallery.simulator;
		const jobsBefore = scriptivox.statistics().jobs;
		await drop('interview-2', ['1.mp3', '2 status-400-on-transcribe-x1.mp3', '3.mp3']);

		await expect(nextPage(await form(id, 'interview-2'))).rejects.toThrow('"error"');
		expect(await written()).not.toContain('interview-2.srt');
		const failed = await newestExecution(id);
		expect(failed.data.resultData.error?.message).toContain('[item 1]');

		await gallery.n8n.client.executions.retry(failed.id, true);
		await soon('it is written', async () => (await written()).includes('interview-2.srt'));
		expect(scriptivox.statistics().jobs).toBe(jobsBefore + 3);
	});
});
