import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCode, type Rows } from './codeNode';

const template = 'folder-watcher-any-provider';
const HOUR = 3600_000;

let folder: string;
let settings: Record<string, unknown>;

beforeEach(async () => {
	folder = await fs.mkdtemp(join(tmpdir(), 'watched-'));
	await fs.mkdir(join(folder, 'input'));
	settings = { maxParallel: 2, timeoutMinutes: 60 };
	for (const name of ['input', 'output', 'done', 'failed']) {
		settings[`${name}Folder`] = join(folder, name);
	}
});

afterEach(async () => await fs.rm(folder, { recursive: true }));

async function recording(name: string): Promise<Record<string, unknown>> {
	const path = join(folder, 'input', name);
	await fs.writeFile(path, 'speech');
	const { ino, size, mtimeNs, ctimeNs } = await fs.lstat(path, { bigint: true });
	return { path, version: `${ino}:${size}:${mtimeNs}`, changedAt: String(ctimeNs) };
}

const look = async (rows: Rows) => {
	const given = await runCode(template, 'Look into the Folder', rows, { Settings: [settings] });
	return given.map(({ json }) => json);
};

describe('a look into the folder of the watcher for any provider', () => {
	it('records what is new, and claims what two looks saw', async () => {
		const [seen, fresh] = [await recording('seen.mp3'), await recording('fresh.mp3')];

		const actions = await look([{ id: 1, ...seen, seenAt: Date.now() - 5000 }]);

		expect(actions).toEqual([
			{ action: 'record', ...fresh, seenAt: expect.any(Number) },
			{ action: 'claim', id: 1, attempts: 1 },
		]);
	});

	it('claims no more than may be worked at, those with the fewest tries first', async () => {
		const rows = [];
		for (const [id, attempts] of [2, 0, 1].entries()) {
			rows.push({ id, ...(await recording(`${id}.mp3`)), seenAt: 1, attempts });
		}
		const working = { id: 9, state: 'working', claimedAt: Date.now(), path: 'x', version: 'y' };

		expect(await look([...rows, working])).toEqual([{ action: 'claim', id: 1, attempts: 1 }]);
	});

	it.each([
		['was not sent yet', {}, { state: '' }],
		['was sent with a key', { sentAt: 1, idempotencyKey: 'k' }, { state: '' }],
		[
			'was sent without a key, and might be paid twice',
			{ sentAt: 1, idempotencyKey: '' },
			{
				state: 'rejected',
				errorCode: 'INTERRUPTED',
				errorMessage: expect.stringContaining('might be paid twice') as string,
			},
		],
	])('gives a file free whose run died: it %s', async (_what, row, released) => {
		const dead = { id: 3, owner: '7', state: 'working', claimedAt: Date.now() - 14 * HOUR, ...row };

		expect(await look([dead])).toEqual([
			{ action: 'release', id: 3, owner: '7', from: 'working', ...released },
		]);
	});

	it('leaves a file alone for as long as an upload and the wait may take', async () => {
		const working = { id: 3, owner: '7', state: 'working', claimedAt: Date.now() - 12.5 * HOUR };

		expect(await look([working])).toEqual([]);
	});

	it.each([
		['a transcript', {}, { state: 'transcribed' }],
		[
			'a failure, with its reason',
			{ errorCode: 'NO_AUDIO', errorMessage: 'It is silent.' },
			{ state: 'rejected', errorCode: 'NO_AUDIO', errorMessage: 'It is silent.' },
		],
	])('gives free what was being written: %s', async (_what, row, released) => {
		const dead = { id: 3, owner: '7', state: 'finishing', claimedAt: 1, ...row };

		expect(await look([dead])).toEqual([
			{ action: 'release', id: 3, owner: '7', from: 'finishing', ...released },
		]);
	});
});

describe('the second look of the watcher for any provider', () => {
	const again = async (row: Record<string, unknown>, json: Record<string, unknown>) => {
		const read = { json: {}, binary: { data: { id: 'filesystem:1' } } };
		const others = { 'Take Over': [row], 'Read File': [read] };
		return await runCode(template, 'Look Again', [json], others);
	};

	it('lets the file on with a key of what it is, where it lies, and when it was put there', async () => {
		const row = await recording('talk.mp3');

		expect(await again(row, { contentHash: 'abc' })).toEqual([
			{
				json: { idempotencyKey: ['abc', row.path, row.changedAt].join('\n') },
				binary: { data: { id: 'filesystem:1' } },
			},
		]);
	});

	it('keeps back a file that was written to meanwhile, without its contents', async () => {
		const row = await recording('talk.mp3');
		await fs.appendFile(String(row.path), ' and more');

		const [given] = await again(row, { contentHash: 'abc' });

		expect(given!.json.code).toBe('FILE_CHANGED');
		expect(given!.binary).toBeUndefined();
	});

	it('keeps back a file that could not be read', async () => {
		const [given] = await again(await recording('talk.mp3'), {});

		expect(given!.json.code).toBe('FILE_NOT_READABLE');
	});
});

describe('a try that failed', () => {
	const failed = async (json: Record<string, unknown>, sent?: Record<string, unknown>) => {
		const others = { 'Take Over': [{ attempts: 2 }], ...(sent && { 'Note Sending': [sent] }) };
		return (await runCode(template, 'What Went Wrong', [json], others))[0]!.json;
	};
	const withKey = { idempotencyKey: 'k' };

	it.each([
		['no reason', {}, { errorCode: 'NOT_TRANSCRIBED', errorMessage: 'No reason was given.' }],
		[
			'the code of the second look',
			{ code: 'FILE_EMPTY', error: 'The file is empty.' },
			{ errorCode: 'FILE_EMPTY', errorMessage: 'The file is empty.' },
		],
		[
			"the provider's code, and no number of an item",
			{ error: 'It is silent [item 0]', details: { code: 'NO_AUDIO', httpStatus: 422 } },
			{ errorCode: 'NO_AUDIO', errorMessage: 'It is silent' },
		],
		[
			'a code that is a number',
			{ error: 'Refused', details: { code: 4001 } },
			{ errorCode: '4001', errorMessage: 'Refused' },
		],
	])('says %s', async (_what, json, said) => {
		expect(await failed(json)).toMatchObject({ ...said, attempts: 2 });
	});

	it('says of a key that was used before where to look for its job', async () => {
		const details = { code: 'IDEMPOTENCY_KEY_CONFLICT', httpStatus: 422 };

		const { errorMessage, mayTryAgain } = await failed({ error: 'Conflict', details }, withKey);

		expect(errorMessage).toMatch(/^Conflict\. An earlier try, .* look for it in the account\./);
		expect(mayTryAgain).toBe(false);
	});

	it.each([
		['was never sent', {}, undefined, true],
		['met a limit', { details: { httpStatus: 429 } }, withKey, true],
		['met an outage', { details: { httpStatus: 503 } }, withKey, true],
		['lost its line', { details: { code: 'ECONNRESET' } }, withKey, true],
		[
			'lost its line without a key',
			{ details: { code: 'ECONNRESET' } },
			{ idempotencyKey: '' },
			false,
		],
		['was refused', { details: { httpStatus: 422, code: 'ETIMEDOUT' } }, withKey, false],
		['failed without details', {}, withKey, false],
	])('may be made again only where nothing is paid twice: it %s', async (_w, json, sent, may) => {
		expect((await failed(json, sent)).mayTryAgain).toBe(may);
	});
});
