import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { runCode, type Given, type Items, type Rows } from './codeNode';
import { type Row, WatchedFolder } from './watchedFolder';

const template = 'folder-watcher-any-provider';
const MINUTE = 60_000;
const owner = '1.a.1.3';
const KEYED = JSON.stringify({ isKeyed: true });
const UNKEYED = JSON.stringify({ isKeyed: false });

let watched: WatchedFolder;

beforeEach(async () => {
	watched = await WatchedFolder.make(template, { startsPerMinute: 0, settleSeconds: 0 });
	await fs.mkdir(join(watched.folder, 'output', '.folder-watcher'));
});

afterEach(async () => await watched.remove());

const rowOf = async (name: string, more: Row = {}) => await watched.rowOf(name, { owner, ...more });
const outputs = async () => (await fs.readdir(join(watched.folder, 'output'))).sort();
const note = async (name: string) =>
	await fs.readFile(join(watched.folder, 'output', `failed_${name}.txt`), 'utf8');

/** What becomes of rows after a step of the run. */
async function next(
	rows: Rows,
	steps: Record<string, Items>,
	given: Items = rows,
	parameters: Record<string, object> = {},
) {
	const others = { Settings: [watched.settings], 'Take the Files': rows, ...steps };
	const made = await runCode(template, 'Next Rows', given, others, {}, '', parameters);
	return made.map(({ json }) => json);
}

describe('what a look of the watcher for any provider takes', () => {
	it('is every medium: which kinds are taken, the provider says', async () => {
		for (const name of ['talk.mp3', 'memo.amr', 'notes.txt']) await watched.recording(name);

		const { rows, orders } = (await watched.look())!;

		expect(rows.map(({ file, state }) => [file, state]).sort()).toEqual([
			['memo.amr', 'sending'],
			['talk.mp3', 'sending'],
		]);
		expect(orders).toMatchObject([{ as: 'sending', parallel: 2 }]);
	});

	it('tells of a job that has not ended for six hours, by a note', async () => {
		const since = new Date(Date.now() - 6.1 * 60 * MINUTE).toISOString();
		const row = await rowOf('talk.mp3', { state: 'transcribing', job: 'j1', since, until: 9e15 });

		await watched.look({ rows: [row] });

		const path = join(watched.folder, 'output', 'folder watcher is waiting.txt');
		expect(await fs.readFile(path, 'utf8')).toBe(
			`${watched.input}talk.mp3: the job j1 has not ended since ${since}\n`,
		);
	});

	it.each([
		[KEYED, 'sending'],
		[UNKEYED, 'unsure'],
	])('gives what was on its way when a run died (%s) to be %s', async (request, as) => {
		const row = await rowOf('talk.mp3', { state: 'starting', request, until: 1 });

		expect((await watched.look({ rows: [row] }))!.orders).toMatchObject([
			{ from: owner, state: 'starting', as },
		]);
	});

	it('counts what is on its way as uploads', async () => {
		await watched.recording('new.mp3');
		watched.settings.maxParallel = 3;
		const until = Date.now() + MINUTE;
		const row = await rowOf('talk.mp3', { state: 'starting', request: KEYED, until });

		expect((await watched.look({ rows: [row], afterRun: true }))!.rows).toEqual([]);
	});

	it('asks for half as many jobs as may be read: the node looks twice', async () => {
		watched.settings.pollsPerMinute = 8;
		const rows = [];
		for (let number = 0; number < 5; number++) {
			const more = { state: 'transcribing', job: `${number}`, owner: '', until: 1 + number };
			rows.push(await rowOf(`${number}.mp3`, more));
		}

		expect((await watched.look({ rows }))!.orders).toMatchObject([{ before: 2 }]);
	});
});

describe('what was read', () => {
	const read = { 'Read Files': [{}], 'Hash Files': [{ contentHash: 'hash' }] };
	it.each([
		['={{ $json.key }}', true, 4],
		['', false, 14],
		['none', false, 14],
		[undefined, false, 14],
	])('is noted before it is sent, with the key %p: keyed %p', async (key, isKeyed, minutes) => {
		const rows = [await rowOf('talk.mp3', { state: 'sending' })];
		const transcribe = { options: { diarize: false, idempotencyKey: key } };

		const [row] = await next(rows, read, rows, { Transcribe: transcribe });

		expect(row).toMatchObject({ state: 'starting', owner: `${owner}+`, contentHash: 'hash' });
		expect(JSON.parse(String(row!.request))).toEqual({ isKeyed });
		expect(Number(row!.until)).toBeLessThanOrEqual(Date.now() + minutes * MINUTE);
		expect(Number(row!.until)).toBeGreaterThan(Date.now() + (minutes - 2) * MINUTE);
	});

	it.each([
		['FILE_EMPTY', 0, true],
		['FILE_GONE', 6, false],
	])('is refused with %s before it is sent', async (code, bytes, isThere) => {
		await watched.recording('talk.mp3', bytes);
		const rows = [await rowOf('talk.mp3', { state: 'sending' })];
		if (!isThere) await fs.unlink(join(watched.input, 'talk.mp3'));

		const [row] = await next(rows, read);

		expect(row).toMatchObject({ state: 'refused', owner: '' });
		expect(row!.message).toMatch(new RegExp(`^${code}: `));
	});

	it('goes on with its contents, by its path, and with nothing of those that were refused', async () => {
		const taken = [await rowOf('a.mp3'), await rowOf('b.mp3'), await rowOf('c.mp3')];
		const files = ['a', 'b', 'c'].map((id) => ({ json: {}, binary: { data: { id } } }));
		const others = { 'Read Files': files, 'Take the Files': taken };

		const sent = await runCode(template, 'Files to Send', [taken[2]!, taken[0]!], others);

		expect(sent).toEqual([
			{ json: taken[2], binary: { data: { id: 'c' } }, pairedItem: { item: 0 } },
			{ json: taken[0], binary: { data: { id: 'a' } }, pairedItem: { item: 1 } },
		]);
	});
});

describe('what was sent', () => {
	const sent = async (start: Row | undefined, request = KEYED) => {
		const rows = [await rowOf('talk.mp3', { state: 'starting', request })];
		return (await next(rows, { Transcribe: start ? [start] : [] }))[0]!;
	};

	it('is asked for at once, with the token of a guest', async () => {
		expect(await sent({ id: 'job', claimToken: 'token' })).toMatchObject({
			state: 'started',
			job: 'job',
			claimToken: 'token',
			owner: `${owner}+`,
		});
	});

	it.each([
		['the line is down', { code: 'ECONNREFUSED', httpStatus: null }],
		['the balance is empty', { code: 'ZERO_BALANCE', httpStatus: 402 }],
		['the key is wrong', { code: 'INVALID_API_KEY', httpStatus: 401 }],
		['the limit is passed', { code: 'RATE_LIMIT_EXCEEDED', httpStatus: 429 }],
		['the provider is away', { code: null, httpStatus: 503 }],
	])(
		'waits while %s, and nothing counts against it, with a key or without',
		async (_w, details) => {
			for (const request of [KEYED, UNKEYED]) {
				expect(await sent({ error: 'No', details }, request)).toMatchObject({
					state: 'waiting',
					attempts: 0,
					owner: '',
				});
			}
		},
	);

	it.each([
		'Whipscribe does not take .amr files: "memo.amr" [item 0]',
		'The file "talk.mp3" is larger than Transcripton takes [item 3]',
		'The file "talk.mp3" is empty',
	])('is refused where the node says so of the file: %s', async (error) => {
		const details = { code: null, httpStatus: null, description: 'It takes others.' };

		expect(await sent({ error, details })).toMatchObject({
			state: 'refused',
			message: error.replace(/ \[item \d\]/, ''),
		});
	});

	it('waits while the node says of its own settings what is wrong', async () => {
		const details = { code: null, httpStatus: null, description: 'Turn it on.' };

		expect(await sent({ error: 'Diarize must be true or false', details })).toMatchObject({
			state: 'waiting',
		});
	});

	it.each<[string, Row | undefined]>([
		['its reply got lost', lost('ECONNRESET', null)],
		['the provider failed in the middle', lost('INTERNAL_ERROR', 500)],
		['nothing came of the step', undefined],
	])('is sent again only with a key where %s', async (_what, start) => {
		expect(await sent(start, UNKEYED)).toMatchObject({
			state: 'refused',
			message: expect.stringMatching(/^MAY_BE_STARTED: /) as string,
		});
		expect(await sent(start, KEYED)).toMatchObject({ state: 'waiting' });
	});

	it('names the jobs that it may be where its key was used before', async () => {
		const details = {
			code: 'IDEMPOTENCY_KEY_CONFLICT',
			httpStatus: 422,
			description: 'Transcriptions of this size: one, two.',
		};

		const { state, message } = await sent({ error: 'Conflict', details });

		expect(state).toBe('refused');
		expect(message).toBe(
			'IDEMPOTENCY_KEY_CONFLICT: Conflict. Transcriptions of this size: one, two.',
		);
	});

	function lost(code: string, httpStatus: number | null): Row {
		const description = 'The request may have arrived, so it was not sent again.';
		return { error: 'No answer', details: { code, httpStatus, description } };
	}
});

describe('what was asked for', () => {
	const asked = async (result: Row, binary: Record<string, unknown> = {}) => {
		const rows = [await rowOf('talk.mp3', { state: 'started', job: 'job', claimToken: 'token' })];
		return (await next(rows, {}, [{ json: result, binary }] as Given))[0]!;
	};
	const fileOf = (text: string) => ({ data: Buffer.from(text).toString('base64') });

	it('is written with the files that came with it', async () => {
		watched.settings.files = 'txt, SRT; docx';
		const result = { status: 'completed', text: 'said', errorCode: '' };
		const binary = { srt: fileOf('1\n'), docx: fileOf('PK') };

		expect(await asked(result, binary)).toMatchObject({ state: 'done', message: '' });
		expect(await outputs()).toEqual(['.folder-watcher', 'talk.docx', 'talk.srt', 'talk.txt']);
	});

	it('keeps no text back for a file that is missing, and says so', async () => {
		watched.settings.files = 'srt';

		expect(await asked({ status: 'completed', text: 'said' })).toMatchObject({
			state: 'done',
			message: 'Could not be fetched: srt.',
		});
		expect(await outputs()).toEqual(['.folder-watcher', 'talk.txt']);
	});

	it.each<[string, Row, string, string]>([
		[
			'a job that failed',
			{ errorCode: 'NO_AUDIO', errorMessage: 'X could not transcribe the recording: y [item 0]' },
			'failed',
			'NO_AUDIO: y',
		],
		[
			'a job that is gone',
			{ errorCode: 'NOT_FOUND', errorMessage: 'There is none', httpStatus: 404 },
			'failed',
			'NOT_FOUND: There is none',
		],
		[
			'a page in between',
			{ errorCode: '', errorMessage: 'A web page', httpStatus: 404 },
			'transcribing',
			'A web page',
		],
		[
			'a job under way',
			{ errorMessage: 'X has not finished within 0 minutes: job job is processing [item 0]' },
			'transcribing',
			'',
		],
		['a wrong key', { errorMessage: 'No', httpStatus: 401 }, 'transcribing', 'No'],
	])('ends, or is asked for again: %s', async (_what, result, state, message) => {
		const row = await asked({ status: '', text: '', errorCode: '', httpStatus: 0, ...result });

		expect(row).toMatchObject({ state, message, owner: '', claimToken: 'token' });
	});

	it('does not stop what comes after one that failed', async () => {
		const rows = [
			await rowOf('a.mp3', { state: 'transcribing', job: 'a' }),
			await rowOf('b.mp3', { state: 'transcribing', job: 'b' }),
		];
		const results = [
			{ status: '', errorMessage: 'No' },
			{ status: 'completed', text: 'b said' },
		];

		expect(await next(rows, {}, results)).toMatchObject([
			{ file: 'a.mp3', state: 'transcribing' },
			{ file: 'b.mp3', state: 'done' },
		]);
	});
});

describe('the note of a recording that may be paid', () => {
	it('says that it is not sent again by itself, and how it is', async () => {
		const rows = [await rowOf('talk.mp3', { state: 'unsure' })];

		expect(await next(rows, {})).toMatchObject([{ state: 'failed' }]);
		expect(await note('talk')).toMatch(/^File: talk.mp3\nCode: INTERRUPTED\nMessage: n8n stopped/);
		expect(await fs.readdir(join(watched.folder, 'failed'))).toEqual(['talk.mp3']);
	});
});

describe('the table of version 0.1.0 of the watcher for any provider', () => {
	const adopted = async (more: Row, name = 'talk.mp3') => {
		const { path, version, changedAt } = await watched.recording(name);
		const row = { id: 1, path, version, changedAt, idempotencyKey: '', ...more };
		return (await watched.look({ oldRows: [row] }))!.rows;
	};

	it('has its transcripts written, which lie in it', async () => {
		const rows = await adopted({ state: 'transcribed', transcriptId: 'job', text: 'was said' });

		expect(rows).toMatchObject([{ state: 'done', job: 'job' }]);
		expect(rows[0]).not.toHaveProperty('text');
		expect(await fs.readFile(join(watched.folder, 'output', 'talk.txt'), 'utf8')).toBe('was said');
		expect(await fs.readdir(watched.input)).toEqual([]);
	});

	it('has a paid job fetched whose text is not there', async () => {
		expect(await adopted({ state: 'finishing', transcriptId: 'job' })).toMatchObject([
			{ state: 'transcribing', job: 'job' },
		]);
	});

	it('has its failures noted', async () => {
		const failed = { state: 'rejected', errorCode: 'NO_AUDIO', errorMessage: 'It is silent.' };

		expect(await adopted(failed)).toMatchObject([
			{ state: 'refused', message: 'NO_AUDIO: It is silent.' },
		]);
	});

	it('has what was sent with a key sent again with that key', async () => {
		const rows = await adopted({ state: 'working', sentAt: 1, idempotencyKey: 'its key' });

		expect(rows).toMatchObject([{ state: 'starting', key: 'its key', request: KEYED, owner: '' }]);
		expect((await watched.look({ rows: [{ id: 1, ...rows[0] }] }))!.orders).toMatchObject([
			{ as: 'sending' },
		]);
	});

	it.each([
		['without a key', { idempotencyKey: '' }],
		['with a key, of a file that is another by now', { idempotencyKey: 'k', version: 'another' }],
	])('has what was sent %s not sent again by itself', async (_what, more) => {
		const rows = await adopted({ state: 'working', sentAt: 1, ...more });

		expect(rows[0]).toMatchObject({ state: 'unsure' });
	});

	it.each([
		['what was only found', { state: '' }],
		['what was only claimed', { state: 'working', sentAt: null }],
		['what has ended', { state: 'done', transcriptId: 'job' }],
	])('leaves %s to the look', async (_what, more) => {
		expect(await adopted(more)).toMatchObject([{ state: 'sending', key: '' }]);
	});
});
