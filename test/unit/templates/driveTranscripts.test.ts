import { EXECUTION, runCode, type Items, type Rows } from './codeNode';

const template = 'google-drive-transcripts';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const settings = { maxParallel: 2, timeoutMinutes: 1, leaseMinutes: 5 };

const jsonOf = (items: Items) => items.map(({ json }) => json as Record<string, unknown>);
const ownerUntil = (ms: number) => `12 until ${new Date(Date.now() + ms).toISOString()}`;
const held = ownerUntil(MINUTE);
const over = ownerUntil(-MINUTE);

describe('the folders of Google Drive transcripts', () => {
	const ids = async (given: Record<string, unknown>) => {
		const Settings = [{ inputFolder: 'in', outputFolder: '', doneFolder: 'done', ...given }];
		return jsonOf(await runCode(template, 'Folder IDs', [{}], { Settings }))[0]!;
	};

	it.each([
		['1aB-c_D', '1aB-c_D'],
		[' 1aB-c_D \n', '1aB-c_D'],
		['https://drive.google.com/drive/folders/1aB-c_D', '1aB-c_D'],
		['https://drive.google.com/drive/u/1/folders/1aB-c_D?usp=sharing', '1aB-c_D'],
		['https://drive.google.com/drive/folders/1aB-c_D/', '1aB-c_D'],
		['https://drive.google.com/drive/folders/1aB-c_D#here', '1aB-c_D'],
		['https://drive.google.com/open?id=1aB-c_D&usp=drive_link', '1aB-c_D'],
	])('are the same folder, however it is written: %p', async (written, id) => {
		expect(await ids({ inputFolder: written })).toEqual({
			inputFolder: id,
			outputFolder: id,
			doneFolder: 'done',
		});
		expect((await ids({ outputFolder: written })).outputFolder).toBe(id);
	});

	it.each([
		[{ inputFolder: '' }],
		[{ inputFolder: null }],
		[{ doneFolder: ' ' }],
		[{ doneFolder: undefined }],
		[{ inputFolder: 'same', doneFolder: 'https://drive.google.com/drive/folders/same' }],
	])('are asked for where one is missing, or both are one: %j', async (given) => {
		await expect(ids(given)).rejects.toThrow('enter another folder as doneFolder in "Settings"');
	});
});

describe('a file that is new in Drive', () => {
	const found = async (listed: Rows, arrived?: Rows, known: Rows = [{}]) => {
		const others = { 'List Folder': listed, ...(arrived && { 'When a File Arrives': arrived }) };
		return jsonOf(await runCode(template, 'New Files', known, others));
	};
	const file = (name: string, mimeType: string | undefined = 'audio/mpeg') => ({
		id: `id of ${name}`,
		name,
		mimeType,
	});

	it('is noted once, whoever reports it', async () => {
		const [talk, other] = [file('talk.mp3'), file('other.mp3')];

		const rows = await found([talk, other], [talk], [{ fileId: other.id }]);

		expect(rows).toEqual([
			{
				fileId: talk.id,
				name: 'talk.mp3',
				mimeType: 'audio/mpeg',
				state: 'waiting',
				errorCode: '',
				errorMessage: '',
			},
		]);
	});

	it.each(['._talk.mp3', '.talk.mp3', '.DS_Store', '..mp3'])(
		'is left alone where it is hidden: %s',
		async (name) => {
			expect(await found([file(name)], [file(name)])).toEqual([]);
		},
	);

	it.each(['talk.docx', 'talk.SRT', 'talk.srt '])(
		'is no result of this workflow: %s',
		async (name) => {
			expect(await found([file(name, 'text/plain')])).toEqual([]);
		},
	);

	it.each([
		['Weekly sync', 'video/mp4'],
		['Weekly sync', 'audio/MPEG; codecs="mp3"'],
		['Weekly sync', ' Audio/X-WAV ;charset=binary'],
		['talk.MP3', 'application/octet-stream'],
		['talk.mp3 ', 'Application/Octet-Stream; x=y'],
		['talk.qta', 'audio/vnd.unknown'],
		['talk.wav', ''],
	])('is a recording: %p with the type %p', async (name, mimeType) => {
		expect(await found([file(name, mimeType)])).toMatchObject([{ state: 'waiting' }]);
	});

	it.each([
		['talk.mp3', 'application/vnd.google-apps.document'],
		['notes.txt', 'text/plain'],
		['song.xyz', 'audio/unknown'],
		['Weekly sync', ''],
		['mp3', 'application/octet-stream'],
	])('is noted as none where it is none: %p with the type %p', async (name, mimeType) => {
		expect(await found([file(name, mimeType)])).toMatchObject([
			{
				state: 'skipped',
				errorCode: 'NOT_A_RECORDING',
				errorMessage: expect.any(String) as string,
			},
		]);
	});

	it('waits for the next look where a hundred others came with it', async () => {
		const many = Array.from({ length: 130 }, (_, index) => file(`${index}.mp3`));

		expect(await found(many)).toHaveLength(100);
		expect(await found([{}])).toEqual([]);
	});
});

describe('what is done about the files of Drive', () => {
	const look = async (
		rows: Rows,
		given: { gone?: boolean; size?: number; arrived?: Rows; ids?: string[] } = {},
	) => {
		const listed = rows.map(({ fileId }) => ({ id: fileId, size: String(given.size ?? 6) }));
		const others = {
			'Folder IDs': [settings],
			'List Folder': given.gone ? [{}] : listed,
			'New IDs': [{ ids: given.ids ?? ['1a', '1b', '1c', '1d'] }],
			...(given.arrived && { 'When a File Arrives': given.arrived }),
		};
		return jsonOf(await runCode(template, 'What to Do', rows, others));
	};
	const row = (id: number, state: string, details: object = {}) => ({
		id,
		fileId: `file ${id}`,
		state,
		owner: '',
		attempts: 0,
		...details,
	});
	const minutesOf = ({ owner }: Record<string, unknown>) => {
		const [execution, end] = String(owner).split(' until ');
		expect(execution).toBe(EXECUTION);
		return Math.round((Date.parse(end!) - Date.now()) / MINUTE);
	};

	it('takes as many as may be worked on, paid jobs first, then those with the fewest tries', async () => {
		const rows = [
			row(1, 'waiting', { attempts: 2 }),
			row(2, 'waiting'),
			row(3, 'submitted', { attempts: 1 }),
		];

		expect(await look(rows)).toEqual([
			expect.objectContaining({ id: 3, from: 'submitted', state: 'submitted', attempts: 2 }),
			expect.objectContaining({ id: 2, from: 'waiting', state: 'downloading', attempts: 1 }),
		]);
	});

	it('reserves an ID for each result that has none, and keeps those that it has', async () => {
		const rows = [
			row(1, 'waiting', { docxId: null, srtId: '' }),
			row(2, 'submitted', { docxId: 'written', srtId: 'reserved 1z' }),
		];

		const [paid, fresh] = await look(rows);

		expect(paid).toMatchObject({ id: 2, docxId: 'written', srtId: 'reserved 1z' });
		expect(fresh).toMatchObject({ id: 1, docxId: 'reserved 1d', srtId: 'reserved 1c' });
	});

	it('leaves what is noted of results where it only tells or moves', async () => {
		const noted = { docxId: 'written', srtId: 'reserved 1z' };
		const moved = row(1, 'done', { ...noted, finishedAt: Date.now() - MINUTE });

		expect(await look([moved])).toMatchObject([noted]);
		expect(await look([row(1, 'failed', { ...noted, owner: 'to tell' })])).toMatchObject([noted]);
	});

	it('takes no more files than Drive gave IDs for', async () => {
		expect(await look([row(1, 'waiting'), row(2, 'waiting')], { ids: ['1a', '1b', '1c'] })).toEqual(
			[expect.objectContaining({ id: 1, docxId: 'reserved 1c', srtId: 'reserved 1b' })],
		);
	});

	it('counts those that somebody works on, and takes none of them', async () => {
		const rows = [
			row(1, 'downloading', { owner: held }),
			row(2, 'sending', { owner: held }),
			row(3, 'waiting'),
		];

		expect(await look(rows)).toEqual([]);
		expect(await look(rows.slice(1))).toMatchObject([{ id: 3 }]);
	});

	it('takes a small file for minutes, a large one for as long as its size needs', async () => {
		const [small] = await look([row(1, 'waiting')]);
		const [large] = await look([row(1, 'waiting')], { size: 1024 ** 3 });
		const [again] = await look([row(1, 'waiting', { attempts: 2 })]);
		const [sent] = await look([row(1, 'submitted')]);

		expect([small, large, again, sent].map((each) => minutesOf(each!))).toEqual([5, 75, 20, 6]);
	});

	it('takes a paid job for the same time with each try: no line is slow for it', async () => {
		const [taken] = await look([row(1, 'submitted', { attempts: 3 })]);

		expect(minutesOf(taken!)).toBe(6);
	});

	it.each([
		['downloading', 'downloading'],
		['submitted', 'submitted'],
	])('takes over what a run left behind as %s, in any process', async (from, state) => {
		const [taken] = await look([row(1, from, { owner: over, attempts: 1 })]);

		expect(taken).toMatchObject({ id: 1, from, state, wasOwner: over, attempts: 2 });
	});

	it('takes over what 0.1.0 was working on, after a quarter of an hour', async () => {
		const of = (minutes: number) => ({ owner: '12', claimedAt: Date.now() - minutes * MINUTE });

		expect(await look([row(1, 'downloading', of(14))])).toEqual([]);
		expect(await look([row(1, 'downloading', of(16))])).toMatchObject([{ id: 1, wasOwner: '12' }]);
	});

	it('never sends again what may have arrived, and tells of it', async () => {
		const [unsure] = await look([row(1, 'sending', { owner: over, attempts: 1 })]);

		expect(unsure).toMatchObject({
			from: 'sending',
			state: 'lookAtIt',
			owner: '',
			attempts: 1,
			errorCode: 'STOPPED_WHILE_SENDING',
			errorMessage: expect.stringContaining('Look whether Transcripton has the job') as string,
		});
	});

	it.each(['failed', 'lookAtIt'])('tells of a file that is %s, once', async (state) => {
		const failed = { owner: 'to tell', errorCode: 'X', errorMessage: 'Why' };

		expect(await look([row(1, state, failed)])).toMatchObject([
			{ from: state, state, wasOwner: 'to tell', owner: '', errorCode: 'X', errorMessage: 'Why' },
		]);
		expect(await look([row(1, state, { ...failed, owner: '' })])).toEqual([]);
	});

	it('moves what is written and still lies there', async () => {
		const done = (ms: number) => row(1, 'done', { finishedAt: Date.now() - ms });

		expect(await look([done(31_000)])).toMatchObject([{ id: 1, from: 'done', state: 'done' }]);
		expect(await look([done(29_000)])).toEqual([]);
		expect(await look([done(31_000)], { gone: true })).toEqual([]);
	});

	it('tells once of a recording that cannot be moved, and goes on trying', async () => {
		const done = row(1, 'done', { finishedAt: Date.now() - 11 * MINUTE, errorCode: '' });
		const [told, ...others] = await look([done]);
		expect(told).toMatchObject({ from: 'done', state: 'notMoved', errorCode: 'NOT_MOVED' });
		expect(others).toEqual([]);

		const [tried] = await look([{ ...done, ...told }]);
		expect(tried).toMatchObject({ from: 'notMoved', state: 'done', errorCode: 'NOT_MOVED' });
		expect(await look([{ ...done, ...tried }])).toMatchObject([{ from: 'done', state: 'done' }]);
		expect(await look([{ ...done, ...told }], { gone: true })).toEqual([]);
	});

	it('forgets what left the folder before it was sent, and in the end what was moved', async () => {
		const rows = [
			row(1, 'waiting'),
			row(2, 'skipped'),
			row(3, 'done', { finishedAt: Date.now() - 31 * DAY }),
			row(4, 'done', { finishedAt: Date.now() - DAY }),
			row(5, 'failed'),
			row(6, 'lookAtIt'),
			row(7, 'gone'),
		];

		const actions = await look(rows, { gone: true });

		expect(actions.map(({ id }) => id)).toEqual([1, 2, 3, 7]);
		expect(new Set(actions.map(({ state }) => state))).toEqual(new Set(['gone']));
	});

	it('goes on with a paid job whose recording left the folder', async () => {
		expect(await look([row(1, 'submitted')], { gone: true })).toMatchObject([
			{ state: 'submitted' },
		]);
	});

	it('keeps a file that the trigger reports before the list has it', async () => {
		const arrived = [{ id: 'file 1' }];

		expect(await look([row(1, 'waiting')], { gone: true, arrived })).toMatchObject([
			{ state: 'downloading' },
		]);
	});

	it('forgets the second row of a file that two looks noted at once', async () => {
		const rows = [row(2, 'waiting', { fileId: 'a' }), row(1, 'waiting', { fileId: 'a' })];

		expect(await look(rows)).toMatchObject([
			{ id: 1, state: 'downloading' },
			{ id: 2, state: 'gone' },
		]);
	});

	it('forgets at most fifty files at once', async () => {
		const rows = Array.from({ length: 70 }, (_, id) => row(id, 'waiting'));

		expect(await look(rows, { gone: true })).toHaveLength(50);
	});

	it.each([[null], [undefined]])('reads a row whose numbers are %p', async (none) => {
		const bare = { attempts: none, owner: none, claimedAt: none };

		expect(await look([row(1, 'waiting', bare)])).toMatchObject([{ attempts: 1, wasOwner: null }]);
		expect(await look([row(1, 'failed', { ...bare, owner: 'to tell' })])).toMatchObject([
			{ attempts: 0, claimedAt: 0 },
		]);
	});

	it('does nothing with an empty table', async () => {
		expect(await look([{}])).toEqual([]);
	});
});

describe('a file from Drive', () => {
	const row = { id: 7, name: 'Weekly sync', owner: held };

	it('gets its name, where it is still this run that works on it', async () => {
		const binary = { data: { id: 'filesystem:1', fileName: '1aB' } };
		const others = { 'Download File': [{ json: {}, binary }] };

		expect(await runCode(template, 'Name the Files', [row], others)).toEqual([
			{
				json: row,
				binary: { data: { id: 'filesystem:1', fileName: 'Weekly sync' } },
				pairedItem: { item: 0 },
			},
		]);
		expect(await runCode(template, 'Name the Files', [], others)).toEqual([]);
	});

	it('that came without contents goes on without them, and the next node says so', async () => {
		expect(await runCode(template, 'Name the Files', [row], { 'Download File': [{}] })).toEqual([
			{ json: row, pairedItem: { item: 0 } },
		]);
	});

	const bytesOf = (text: string) => Buffer.from(text).toString('base64');
	const files = {
		json: {},
		binary: {
			docx: { data: bytesOf('a document'), mimeType: 'application/vnd.docx' },
			srt: { data: bytesOf('subtitles'), mimeType: 'text/srt' },
		},
	};
	const reserved = { docxId: 'reserved 1d', srtId: 'reserved 1s' };
	const outputs = async (taken: Record<string, unknown>, noted?: Record<string, unknown>) => {
		const others = {
			'Folder IDs': [{ outputFolder: 'out' }],
			'Take Files': [{ ...reserved, ...taken }],
			...(noted && { 'Note Job': [{ ...reserved, ...noted }] }),
		};
		return await runCode(template, 'Outputs', [files], others);
	};

	it.each([
		['meeting.mp3', 'meeting.docx'],
		['Sync 12.05.2026', 'Sync 12.05.2026.docx'],
		['talk.m4a ', 'talk.docx'],
	])('has a document of its name: %s, %s', async (name, document) => {
		expect((await outputs({ id: 7, name }))[0]!.json.name).toBe(document);
	});

	it('is uploaded under the IDs that are reserved, each result as what it is', async () => {
		const given = await outputs({ id: 7, name: 'Über "uns".mp3' });

		const parts = given.map(({ binary }) => {
			const { data, mimeType } = binary!.data as { data: string; mimeType: string };
			const boundary = mimeType.replace('multipart/related; boundary=', '');
			return Buffer.from(data, 'base64').toString().split(`--${boundary}`);
		});
		const metadata = (id: string, name: string) => JSON.stringify({ id, name, parents: ['out'] });
		const json = 'Content-Type: application/json; charset=UTF-8';
		expect(parts).toEqual([
			[
				'',
				`\r\n${json}\r\n\r\n${metadata('1d', 'Über "uns".docx')}\r\n`,
				'\r\nContent-Type: application/vnd.docx\r\n\r\na document\r\n',
				'--',
			],
			[
				'',
				`\r\n${json}\r\n\r\n${metadata('1s', 'Über "uns".srt')}\r\n`,
				'\r\nContent-Type: text/srt\r\n\r\nsubtitles\r\n',
				'--',
			],
		]);
	});

	it('has nothing written twice', async () => {
		const given = await outputs({ id: 7, name: 'a.mp3', docxId: 'there' });

		expect(given.map(({ json }) => [json.format, json.id])).toEqual([['srt', '1s']]);
	});

	it('is noted by the owner that its job was noted with', async () => {
		const [given] = await outputs({ id: 7, name: 'a.mp3' }, { id: 7, name: 'a.mp3', owner: held });

		expect(given!.json.row).toMatchObject({ owner: held });
	});

	const written = async (uploads: Rows, details: object = {}) => {
		const one = { id: 7, owner: held, attempts: 1, ...reserved, ...details };
		const results = [
			{ row: one, format: 'docx', id: '1d' },
			{ row: one, format: 'srt', id: '1s' },
		];
		const Outputs = results.slice(-uploads.length);
		return jsonOf(await runCode(template, 'Written', uploads, { Outputs }));
	};
	const refused = (statusCode: number) => ({ error: { message: 'Refused', statusCode } });

	it('is done when both are written', async () => {
		const done = { id: 7, lease: held, docxId: '1d', srtId: '1s', state: 'done', owner: '' };

		expect(await written([{ id: '1d' }, { id: '1s' }])).toEqual([
			{ ...done, attempts: 1, errorCode: '', errorMessage: '', finishedAt: expect.any(Number) },
		]);
		expect(await written([{ id: '1s' }], { docxId: '1d' })).toMatchObject([done]);
	});

	it('is done where an upload before this one has made its results', async () => {
		expect(await written([refused(409), refused(409)])).toMatchObject([
			{ docxId: '1d', srtId: '1s', state: 'done' },
		]);
	});

	it('keeps what is written where the other could not be', async () => {
		expect(await written([{ id: '1d' }, { error: 'Invalid name' }])).toMatchObject([
			{
				docxId: '1d',
				srtId: 'reserved 1s',
				state: 'submitted',
				owner: '',
				attempts: 1,
				errorCode: 'NOT_WRITTEN',
			},
		]);
		const last = await written([{ error: 'Invalid name' }, { id: '1s' }], { attempts: 3 });
		expect(last).toMatchObject([
			{
				docxId: 'reserved 1d',
				srtId: '1s',
				state: 'failed',
				owner: 'to tell',
				errorMessage: 'Invalid name',
			},
		]);
	});

	it.each([500, 503, 403])('is sent again under the same ID after a %i', async (status) => {
		expect(await written([refused(status), { id: '1s' }])).toMatchObject([
			{ docxId: 'reserved 1d', srtId: '1s', state: 'submitted' },
		]);
	});

	it('gets another ID where Drive cannot use the reserved one', async () => {
		expect(await written([refused(400), { id: '1s' }])).toMatchObject([
			{ docxId: '', srtId: '1s', state: 'submitted' },
		]);
	});
});

describe('what becomes of a Drive file that something went wrong with', () => {
	const wrong = async (stage: string, json: Record<string, unknown>, attempts = 1) => {
		const others = {
			'Take Files': [{ id: 7, owner: held, attempts, docxId: 'there', srtId: 'reserved 1s' }],
		};
		return jsonOf(await runCode(template, 'What Went Wrong', [json], others, {}, stage))[0]!;
	};
	const ofPack = (httpStatus: number | null, code: string | null = null, more: object = {}) => ({
		error: 'Transcripton refused [item 3]',
		details: { httpStatus, code, description: null },
		...more,
	});
	const ofHttp = (statusCode: number | undefined, more: object = {}) => ({
		error: { message: 'Refused', statusCode, ...more },
	});

	it.each([
		['Start Job', 'an empty balance', ofPack(402, 'insufficient_credits')],
		['Start Job', 'a key that is refused', ofPack(401)],
		['Start Job', 'a limit', ofPack(429, 'rate_limited')],
		['Start Job', 'an email address that is not confirmed', ofPack(403, 'email_not_verified')],
		['Start Job', 'minutes that are used up', ofPack(402, 'quota_exceeded')],
		['Start Job', 'a page in between', ofPack(404)],
		['Start Job', 'an address without a place for it', ofPack(404, 'not_found')],
		['Wait for Job', 'a page in between', ofPack(404)],
		['Wait for Job', 'a provider that is away', ofPack(503)],
		['Wait for Job', 'a line that is lost', ofPack(null, 'ECONNRESET')],
		['Wait for Job', 'a certificate that has run out', ofPack(null, 'CERT_HAS_EXPIRED')],
		['Download File', 'a Drive that is away', ofHttp(503)],
		['Download File', 'a connection that was closed', ofHttp(401)],
		['Download File', 'a limit of Drive', ofHttp(403, { error: { reason: 'rateLimitExceeded' } })],
		['Download File', 'a line that is lost', ofHttp(undefined, { code: 'EAI_AGAIN' })],
		['Has Its Files', 'an export that is away', { error: { code: '503', message: 'x' } }],
	])('waits for a condition of line or account (%s: %s)', async (stage, _what, json) => {
		const state = ['Start Job', 'Download File'].includes(stage) ? 'waiting' : 'submitted';

		expect(await wrong(stage, json, 3)).toMatchObject({ id: 7, lease: held, state, owner: '' });
		expect((await wrong(stage, json, 3)).attempts).toBe(2);
		expect((await wrong(stage, json, 1)).attempts).toBe(0);
	});

	it.each([
		['a Drive that is away', ofHttp(503)],
		['a limit of Drive', ofHttp(429)],
		['a connection that was closed', ofHttp(401)],
		['no such output folder', ofHttp(404)],
		['no right to write into it', ofHttp(403)],
		['a line that is lost', ofHttp(undefined, { code: 'ECONNRESET' })],
	])(
		'waits, and its results with it, for what stands in the way of an upload: %s',
		async (...given) => {
			const [, json] = given;
			const row = { id: 7, owner: held, attempts: 3, docxId: 'reserved 1d', srtId: '1s' };
			const Outputs = [{ row, format: 'docx', id: '1d' }];

			expect(jsonOf(await runCode(template, 'Written', [json], { Outputs }))).toMatchObject([
				{ state: 'submitted', attempts: 2, docxId: 'reserved 1d', srtId: '1s' },
			]);
		},
	);

	it('keeps what is noted of its results', async () => {
		expect(await wrong('Wait for Job', ofPack(503))).toMatchObject({
			docxId: 'there',
			srtId: 'reserved 1s',
		});
	});

	it.each([
		['a start that was refused', 'Start Job', ofPack(413, 'file_too_long'), 'file_too_long'],
		[
			'a start without a file',
			'Start Job',
			ofPack(null, null, { error: 'The item has no file in the field "data"' }),
			'NOT_SENT',
		],
		[
			'a job that failed',
			'Wait for Job',
			ofPack(null, null, { error: 'Transcripton could not transcribe: noise' }),
			'NOT_TRANSCRIBED',
		],
		['a job that is gone', 'Wait for Job', ofPack(404, 'not_found'), 'not_found'],
	])('ends at once: %s', async (_what, stage, json, errorCode) => {
		expect(await wrong(stage, json)).toMatchObject({
			state: 'failed',
			owner: 'to tell',
			errorCode,
		});
	});

	it.each([
		['gone', ofHttp(404)],
		['locked', ofHttp(403, { error: { errors: [{ reason: 'cannotDownloadFile' }] } })],
	])('is tried three times where the file itself is %s', async (_what, json) => {
		expect(await wrong('Download File', json, 2)).toMatchObject({ state: 'waiting', attempts: 2 });
		expect(await wrong('Download File', json, 3)).toMatchObject({
			state: 'failed',
			errorCode: 'NOT_DOWNLOADED',
		});
	});

	it('is not sent again where it may have arrived', async () => {
		const details = { httpStatus: null, code: null, description: 'The file may have arrived.' };

		expect(await wrong('Start Job', { error: 'Lost', details })).toMatchObject({
			state: 'lookAtIt',
			owner: 'to tell',
			errorCode: 'MAY_HAVE_ARRIVED',
			errorMessage: expect.stringMatching(
				/^Lost\. Look whether Transcripton has the job/,
			) as string,
		});
	});

	it('waits where it was not sent, and while its job goes on', async () => {
		const details = { httpStatus: 500, code: null, description: 'The file was not sent.' };
		const late = ofPack(null, null, { error: 'Transcripton has not finished within 1 minutes: j' });

		expect(await wrong('Start Job', { error: 'x', details })).toMatchObject({ state: 'waiting' });
		expect(await wrong('Wait for Job', late, 3)).toMatchObject({ state: 'submitted', attempts: 2 });
	});

	const DAY_MS = 24 * 60 * MINUTE;

	it.each<[string, Record<string, unknown>, number, string, string]>([
		['Start Job', ofPack(500, 'internal_error'), 3.01, 'failed', 'internal_error'],
		['Download File', ofHttp(503), 3.01, 'failed', 'NOT_DOWNLOADED'],
		['Start Job', ofPack(503, 'asr_quota_exceeded'), 2.9, 'waiting', 'asr_quota_exceeded'],
		['Start Job', ofPack(402, 'quota_exceeded'), 9, 'waiting', 'quota_exceeded'],
		['Start Job', ofPack(null, 'ECONNREFUSED'), 9, 'waiting', 'ECONNREFUSED'],
		['Wait for Job', ofPack(503), 9, 'submitted', 'NOT_TRANSCRIBED'],
	])('that answered so for days is given up, unless it is paid: %s %j %d', async (...given) => {
		const [stage, json, days, state, errorCode] = given;
		const row = { id: 7, owner: held, attempts: 1, finishedAt: Date.now() - days * DAY_MS };
		const others = { 'Take Files': [row] };
		const [item] = await runCode(template, 'What Went Wrong', [json], others, {}, stage);

		expect(item!.json).toMatchObject({ state, errorCode });
		if (state === 'waiting') expect(item!.json.finishedAt).toBe(row.finishedAt);
	});

	it('has a reason without the number of an item', async () => {
		expect((await wrong('Start Job', ofPack(413))).errorMessage).toBe('Transcripton refused');
		expect((await wrong('Start Job', {})).errorMessage).toBe('No reason was given.');
	});
});
