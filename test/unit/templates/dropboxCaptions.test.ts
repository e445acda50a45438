import { runCode, type Items, type Rows } from './codeNode';

const template = 'dropbox-captions';
const MINUTE = 60_000;
const settings = { maxParallel: 2, maxAttempts: 3, retryMinutes: 5 };
const Settings = [settings];

const jsonOf = (items: Items) => items.map(({ json }) => json as Record<string, unknown>);

describe('a file that arrives in Dropbox', () => {
	const arrived = async (...files: Rows) =>
		jsonOf(await runCode(template, 'A File Arrived', files));
	const file = { id: 'id:a', rev: '1', name: 'talk.mp3', folder: '/Calls', contentHash: 'h' };

	it('is known by its ID and its contents', async () => {
		expect(await arrived(file, { ...file, contentHash: undefined })).toEqual([
			{ contentKey: 'id:a h', fileId: 'id:a', rev: '1', name: 'talk.mp3', folder: '/Calls' },
			{ contentKey: 'id:a 1', fileId: 'id:a', rev: '1', name: 'talk.mp3', folder: '/Calls' },
		]);
	});

	it('that grew after it was noted is a new recording', async () => {
		const [before, after] = await arrived(file, { ...file, rev: '2', contentHash: 'h2' });

		expect(after!.contentKey).not.toBe(before!.contentKey);
	});

	it.each(['._talk.mp3', '.talk.mp3', '.DS_Store', '..mp3'])(
		'is left alone where it is hidden: %s',
		async (name) => {
			expect(await arrived({ ...file, name }, file)).toHaveLength(1);
		},
	);

	it('is none in a run of the schedule', async () => {
		expect(await arrived({ timestamp: 'now' })).toEqual([]);
	});
});

describe('what is done about the rows of Dropbox captions', () => {
	const look = async (...rows: Rows) =>
		jsonOf(await runCode(template, 'What to Do', rows, { Settings }));
	const row = (id: number, state: string, details: object = {}) => ({
		id,
		fileId: `file ${id}`,
		state,
		attempts: 0,
		notBefore: 0,
		...details,
	});
	const held = { notBefore: Date.now() + MINUTE };
	const minutesLeft = ({ notBefore }: Record<string, unknown>) =>
		Math.round((Number(notBefore) - Date.now()) / MINUTE);

	it('takes as many as may be under way, the oldest first, for a few minutes', async () => {
		const taken = await look(row(3, 'waiting'), row(2, 'waiting'), row(1, 'waiting'));

		expect(taken).toEqual([
			expect.objectContaining({ id: 1, from: 'waiting', state: 'sending', attempts: 1 }),
			expect.objectContaining({ id: 2, from: 'waiting', state: 'sending', attempts: 1 }),
		]);
		expect(taken.map(minutesLeft)).toEqual([5, 5]);
	});

	it.each(['sending', 'submitted', 'finishing'])('counts as under way: %s', async (state) => {
		const taken = await look(row(1, state, held), row(2, 'waiting'), row(3, 'waiting'));

		expect(taken.map(({ id }) => id)).toEqual([2]);
	});

	it.each([
		['sending', 'sending'],
		['submitted', 'finishing'],
		['finishing', 'finishing'],
		['givenUp', 'givenUp'],
	])('takes over what a run left behind in the state %s, in any process', async (from, state) => {
		const left = { notBefore: Date.now() - 1 };

		expect(await look(row(1, from, left))).toEqual([
			expect.objectContaining({ id: 1, from, state, wasNotBefore: left.notBefore }),
		]);
		expect(await look(row(1, from, held))).toEqual([]);
	});

	it('drops contents that were replaced before they were sent, and no others', async () => {
		const [older, newer] = [{ fileId: 'a' }, { fileId: 'a', notBefore: Date.now() + MINUTE }];

		expect(await look(row(1, 'waiting', older), row(2, 'waiting', newer))).toMatchObject([
			{ id: 1, from: 'waiting', state: 'replaced' },
		]);
		expect(await look(row(1, 'submitted', older), row(2, 'waiting', newer))).toMatchObject([
			{ id: 1, state: 'finishing' },
		]);
		expect(await look(row(1, 'waiting', older), row(2, 'waiting', { fileId: 'b' }))).toHaveLength(
			2,
		);
	});

	it('takes nothing before its pause is over', async () => {
		expect(await look(row(1, 'waiting', held))).toEqual([]);
	});

	it('gives a file on a slow line twice the time with each try', async () => {
		const taken = [];
		for (const attempts of [0, 1, 4]) taken.push(...(await look(row(1, 'sending', { attempts }))));

		expect(taken.map(minutesLeft)).toEqual([5, 10, 80]);
	});

	it.each([[null], [undefined]])('reads a row whose numbers are %p', async (none) => {
		expect(await look(row(1, 'waiting', { attempts: none, notBefore: none }))).toEqual([
			expect.objectContaining({ id: 1, attempts: 1, wasNotBefore: null }),
		]);
	});
});

describe('a recording from Dropbox', () => {
	const row = { id: 7, name: 'Gespräch ä.mp3', folder: '/Größe/' };

	it('gets its name', async () => {
		const downloaded = { json: {}, binary: { data: { id: 'filesystem:1', fileName: 'download' } } };

		expect(
			await runCode(template, 'Name Recording', [downloaded], { 'Take Files': [row] }),
		).toEqual([
			{
				json: row,
				binary: { data: { id: 'filesystem:1', fileName: row.name } },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('that came without contents goes on without them, and the next node says so', async () => {
		for (const downloaded of [{ json: {}, binary: {} }, {}]) {
			expect(
				await runCode(template, 'Name Recording', [downloaded] as Items, { 'Take Files': [row] }),
			).toEqual([{ json: row, pairedItem: { item: 0 } }]);
		}
	});

	it('gets its files beside it, in a header of plain ASCII', async () => {
		const done = { json: {}, binary: { srt: { id: '1' }, docx: { id: '2' } } };

		const items = await runCode(template, 'Captions', [done], { 'Take Files': [row] });

		expect(items.map(({ binary }) => binary)).toEqual([
			{ data: { id: '1' } },
			{ data: { id: '2' } },
		]);
		for (const { json } of items) expect(json.argument).toMatch(/^[\x20-\x7e]+$/);
		expect(items.map(({ json }) => JSON.parse(String(json.argument)) as unknown)).toEqual([
			{ path: '/Größe/Gespräch ä.srt', mode: 'add', autorename: true },
			{ path: '/Größe/Gespräch ä.docx', mode: 'add', autorename: true },
		]);
	});

	it.each([
		['/', 'a.b.mp3', '/a.b.srt'],
		['', '😀\u007f.wav', '/😀\u007f.srt'],
		['/x', 'none', '/x/none.srt'],
	])('has its files in %p as %p: %p', async (folder, name, path) => {
		const others = { 'Take Files': [{ id: 1, folder, name }] };
		const [item] = await runCode(template, 'Captions', [{ json: {}, binary: { srt: {} } }], others);

		expect((JSON.parse(String(item!.json.argument)) as { path: string }).path).toBe(path);
	});

	it('is done when all its files are written, and not before', async () => {
		const captions = [{ id: 7 }, { id: 7 }, { id: 8 }, { id: 8 }];
		const written = async (...rows: Rows) =>
			jsonOf(
				await runCode(
					template,
					'Written',
					rows.map(() => ({})),
					{ Captions: rows },
				),
			);

		expect(await written(...captions)).toEqual([{ id: 7 }, { id: 8 }]);
		const one = await runCode(template, 'Written', [{}, {}, {}], { Captions: captions });
		expect(jsonOf(one)).toEqual([{ id: 7 }]);
	});

	it('that is given up has a note with the reason', async () => {
		const [note, other] = await runCode(template, 'Failure Note', [
			{ ...row, errorMessage: 'noise' },
			{ ...row, errorMessage: null },
		]);

		expect(note!.json.text).toBe('Gespräch ä.mp3 has no captions: noise\n');
		expect(JSON.parse(String(note!.json.argument))).toMatchObject({
			path: '/Größe/Gespräch ä.mp3 failed.txt',
		});
		expect(other!.json.text).toContain('No reason was given.');
	});
});

describe('what becomes of a Dropbox file that something went wrong with', () => {
	const row = { id: 7, state: 'sending', attempts: 1, generation: 0, notBefore: 99, jobId: '' };
	const wrong = async (stage: string, json: Record<string, unknown>, taken: object = {}) => {
		const others = { Settings, 'Take Files': [{ ...row, ...taken }] };
		const [item] = await runCode(template, 'What Went Wrong', [json], others, {}, stage);
		return item!.json;
	};
	const ofPack = (httpStatus: number | null, code: string | null = null, error = 'Refused') => ({
		error,
		details: { httpStatus, code, description: null },
	});
	const ofHttp = (statusCode: number | undefined, more: object = {}) => ({
		error: { message: 'Refused', statusCode, ...more },
	});

	/** As n8n's HTTP Request node gives it from version 4.5 on. */
	const withDetails = (httpCode: string, description: string) => {
		const error = { message: 'Your request is invalid', description };
		return { error, details: { ...error, httpCode, body: null, context: {} } };
	};

	describe.each([
		['Start Job', 'an empty balance', ofPack(402, 'NO_CREDITS')],
		['Start Job', 'a key that is refused', ofPack(401)],
		['Start Job', 'a plan that does not hold it', ofPack(403)],
		['Start Job', 'a limit', ofPack(429, 'RATE_LIMITED')],
		['Start Job', 'hours that are used up', ofPack(429, 'QUOTA_EXCEEDED')],
		['Start Job', 'a page in between', ofPack(404)],
		['Start Job', 'an address without a place for it', ofPack(404, 'NOT_FOUND')],
		['Start Job', 'a provider that is away', ofPack(503)],
		['Start Job', 'a line that is lost', ofPack(null, 'ECONNRESET')],
		['Start Job', 'a name that is not found for now', ofPack(null, 'EAI_AGAIN')],
		['Start Job', 'a certificate that has run out', ofPack(null, 'CERT_HAS_EXPIRED')],
		['Download File', 'a Dropbox that is away', ofHttp(503)],
		['Download File', 'a connection that was closed', ofHttp(401)],
		['Download File', 'a line that is lost', ofHttp(undefined, { code: 'ECONNREFUSED' })],
		['Upload File', 'a Dropbox that is full', ofHttp(409, { error: 'path/insufficient_space' })],
		['Upload File', 'no right to write', ofHttp(401, { error: 'missing_scope' })],
		['Upload File', 'a folder of others', ofHttp(409, { error: 'path/no_write_permission' })],
		['Upload File', 'too many writes at once', ofHttp(409, { error: 'too_many_write_operations' })],
		['Upload File', 'a Dropbox that is full', withDetails('409', 'path/insufficient_space/..')],
		['Upload File', 'a folder of others', withDetails('409', 'path/no_write_permission/.')],
		['Upload File', 'no right to write', withDetails('401', 'missing_scope/...')],
		['Upload File', 'a line that is lost', withDetails('ECONNRESET', '')],
		['Has Its Files', 'an export that is away', { error: { code: '503', message: 'x' } }],
		['Has Its Files', 'an export whose line is lost', { error: { code: 'ETIMEDOUT' } }],
	])('by a condition of line or account (%s: %s)', (stage, _what, json) => {
		const again = ['Start Job', 'Download File'].includes(stage) ? 'waiting' : 'submitted';

		it('waits, and nothing counts against it, however often', async () => {
			const counted = again === 'waiting' ? 2 : 3;
			const left = await wrong(stage, json, { attempts: 3 });

			expect(left).toMatchObject({ state: again, attempts: counted, from: 'sending', lease: 99 });
			expect(Number(left.notBefore)).toBeGreaterThan(Date.now());
		});
	});

	it('is noted with what Dropbox said', async () => {
		const full = withDetails('409', 'path/insufficient_space/..');

		expect(await wrong('Upload File', full)).toMatchObject({
			errorMessage: 'Your request is invalid (path/insufficient_space/..)',
		});
	});

	it.each([
		['Download File', withDetails('409', 'path/not_found/..')],
		['Download File', ofHttp(409, { error: 'path/not_found' })],
		['Download File', ofHttp(409, { error: 'path/restricted_content' })],
	])('by itself is tried again, and given up in the end: %s, %j', async (stage, json) => {
		expect(await wrong(stage, json)).toMatchObject({ state: 'waiting', attempts: 1 });
		expect(await wrong(stage, json, { attempts: 3 })).toMatchObject({
			state: 'givenUp',
			attempts: 3,
			notBefore: 0,
		});
	});

	it.each([
		ofPack(413, 'FILE_TOO_LARGE'),
		ofPack(415, 'BAD_MIME'),
		ofPack(422, null),
		ofPack(null, null, 'The item has no file in the field "data"'),
	])('that Whipscribe does not take is given up at once: %j', async (json) => {
		expect(await wrong('Start Job', json)).toMatchObject({ state: 'givenUp', attempts: 1 });
	});

	const DAY = 24 * 3_600_000;

	it.each<[string, Record<string, unknown>, number, string]>([
		['Start Job', ofPack(502, 'BACKEND_ERROR'), 3.01, 'givenUp'],
		['Download File', ofHttp(500), 3.01, 'givenUp'],
		['Start Job', ofPack(502, 'BACKEND_ERROR'), 2.9, 'waiting'],
		['Start Job', ofPack(402, 'NO_CREDITS'), 9, 'waiting'],
		['Start Job', ofPack(null, 'ECONNREFUSED'), 9, 'waiting'],
		['Wait for Job', ofPack(503), 9, 'submitted'],
	])('over days is given up, unless it is paid: %s %j %d', async (stage, json, days, state) => {
		const finishedAt = Date.now() - days * DAY;
		const left = await wrong(stage, json, { finishedAt });

		expect(left.state).toBe(state);
		if (state === 'waiting') expect(left.finishedAt).toBe(finishedAt);
	});

	it('keeps its paid job where its captions cannot be written', async () => {
		const json = ofHttp(409, { error: 'path/malformed_path' });
		const job = { jobId: 'j', claimToken: 't', generation: 1 };

		expect(await wrong('Upload File', json, job)).toMatchObject({
			...job,
			state: 'submitted',
			attempts: 2,
		});
		expect(await wrong('Upload File', json, { ...job, attempts: 3 })).toMatchObject({
			...job,
			state: 'givenUp',
		});
	});

	it('with a job that failed is sent anew under another key', async () => {
		const json = ofPack(null, 'no_speech', 'Whipscribe could not transcribe: noise [item 0]');

		expect(await wrong('Wait for Job', json, { jobId: 'j' })).toMatchObject({
			state: 'waiting',
			generation: 1,
			jobId: '',
			claimToken: '',
			attempts: 1,
			errorMessage: 'Whipscribe could not transcribe: noise',
		});
		expect(await wrong('Wait for Job', json, { attempts: 3 })).toMatchObject({ state: 'givenUp' });
	});

	it('with a job that is gone is given up with it, so that one who sends it again gets another', async () => {
		const json = ofPack(404, 'NOT_FOUND');
		const job = { jobId: 'j', claimToken: 't', generation: 1 };

		expect(await wrong('Wait for Job', json, job)).toMatchObject({ ...job, state: 'submitted' });
		expect(await wrong('Wait for Job', json, { ...job, attempts: 3 })).toMatchObject({
			state: 'givenUp',
			generation: 2,
			jobId: '',
			claimToken: '',
		});
	});

	it('with a job that goes on is looked at again at once, without a word', async () => {
		const json = ofPack(
			null,
			null,
			'Whipscribe has not finished within 1 minutes: job j is queued',
		);

		expect(await wrong('Wait for Job', json, { jobId: 'j', attempts: 3 })).toMatchObject({
			state: 'submitted',
			jobId: 'j',
			attempts: 3,
			notBefore: 0,
			errorMessage: '',
		});
	});

	it('keeps the job that was started in the same run', async () => {
		const noted = { ...row, state: 'finishing', jobId: 'new', notBefore: 123 };
		const others = { Settings, 'Take Files': [row], 'Note Job': [noted] };
		const [item] = await runCode(
			template,
			'What Went Wrong',
			[ofHttp(503)],
			others,
			{},
			'Upload File',
		);

		expect(item!.json).toMatchObject({ from: 'finishing', lease: 123, jobId: 'new' });
	});

	it.each([[{}], [{ error: null }], [{ error: '' }], [{ error: {} }]])(
		'has a reason also for %j',
		async (json) => {
			expect((await wrong('Start Job', json)).errorMessage).toBe('No reason was given.');
		},
	);
});
