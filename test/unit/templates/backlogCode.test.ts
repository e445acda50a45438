import type { Items } from './codeNode';
import { runCode } from './codeNode';

const BASE = 'rate-limited-backlog';
const REDIS = 'rate-limited-backlog-redis';
const MINUTE = 60_000;
const SETTINGS = {
	perMinute: 60,
	limitName: 'scriptivox',
	maxAttempts: 3,
	retryMinutes: 2,
	outputFolder: '/out//',
};

type Json = Record<string, unknown>;

async function jsonOf(node: string, input: Items, others: Record<string, Items>, template = BASE) {
	const nodes = { Settings: [SETTINGS], ...others };
	return (await runCode(template, node, input, nodes)).map(({ json }) => json);
}

describe('the links of a spreadsheet', () => {
	const rowsOf = (rows: unknown[][]) => rows.map((row) => ({ row }));
	const uploaded = (fileName: string) => ({
		'When a Spreadsheet Is Uploaded': [{ json: {}, binary: { spreadsheet: { fileName } } }],
	});
	const linksOf = async (rows: unknown[][], fileName = 'links.csv') =>
		(await jsonOf('Links', rowsOf(rows), uploaded(fileName))).map(({ url }) => url);

	it('are the first of each row, each once', async () => {
		const rows = [
			['title', 'link'],
			['One', ' https://a.example/1.mp3 ', 'https://a.example/other.mp3'],
			['HTTP://b.example/2.mp3'],
			['One again', 'https://a.example/1.mp3'],
			[7, null, ''],
		];

		expect(await linksOf(rows)).toEqual(['https://a.example/1.mp3', 'HTTP://b.example/2.mp3']);
	});

	it.each(['https://ü.example/世.mp3', 'https://a.example/ä', 'https://a.example/🎤.mp3'])(
		'are whole, whatever their letters: %s',
		async (link) => {
			const bytes = Buffer.from(link).toString('latin1');

			expect(await linksOf([[bytes]], 'links.csv')).toEqual([link]);
			expect(await linksOf([[link]], 'with-a-byte-order-mark.csv')).toEqual([link]);
			expect(await linksOf([[link]], 'links.xlsx')).toEqual([link]);
		},
	);

	it('of an old CSV file, which is not in UTF-8, are taken as they are', async () => {
		expect(await linksOf([['https://a.example/\xe4.mp3']])).toEqual(['https://a.example/ä.mp3']);
	});

	it.each([
		['nothing', []],
		['no row', [[]]],
		['no link', [['ftp://a.example/1.mp3', 'www.a.example', 'see https://a.example']]],
	])('are missed where there is %s', async (_what, rows) => {
		await expect(linksOf(rows)).rejects.toThrow(/^No link was found in the spreadsheet\./);
	});

	it('are missed where the spreadsheet is empty', async () => {
		await expect(jsonOf('Links', [{}], uploaded('a.xlsx'))).rejects.toThrow('No link was found');
	});
});

/** What the schedule gave in the run that is under way. */
const begunAt = (ms: number) => ({ 'Every Minute': [{ timestamp: new Date(ms).toISOString() }] });

describe('the slot of a link', () => {
	it('is the beginning of the run for the first one', async () => {
		const now = Date.now();
		const [slot] = await jsonOf('Slot', [{}], begunAt(now));

		expect(slot).toEqual({ at: now, ends: now + MINUTE - 1500 });
	});

	it('is one interval after the last one', async () => {
		const now = Date.now();
		const [slot] = await jsonOf('Slot', [{}], { ...begunAt(now), Slot: [{ at: now + 500 }] });

		expect(slot).toMatchObject({ at: now + 1500 });
	});

	it('is caught up with by less than one interval, so that a pause brings no burst', async () => {
		const now = Date.now();
		const before = { ...begunAt(now - 30_000), Slot: [{ at: now - 20_000 }] };
		const [slot] = (await jsonOf('Slot', [{}], before)) as [{ at: number }];

		expect(slot.at).toBeGreaterThanOrEqual(now - 900);
		expect(slot.at).toBeLessThan(now + MINUTE);
	});
});

describe('the slot that Redis is asked for', () => {
	const ahead = Math.ceil(Date.now() / 1000) + 3600;
	const slotAfter = async (number: number, asked: number) => {
		const others = {
			...begunAt(Date.now()),
			Slot: [{ number }],
			'Take Slot': [{ [`transcription-backlog:scriptivox:${number}`]: asked }],
		};
		return (await jsonOf('Slot', [{}], others, REDIS))[0]!;
	};

	it('is the next one that begins, for the first link of a run', async () => {
		const before = Date.now();
		const [slot] = (await jsonOf('Slot', [{}], begunAt(before), REDIS)) as [
			{ number: number; key: string; at: number; until: number },
		];

		expect(slot.at).toBeGreaterThanOrEqual(before);
		expect(slot.at).toBe(slot.number * 1000);
		expect(slot.until).toBe(slot.at + 500);
		expect(slot.key).toBe(`transcription-backlog:scriptivox:${slot.number}`);
	});

	it.each([
		['the next one where the last one was ours', 1, 1],
		['the next one where one was before us', 2, 1],
		['behind as many as were before us', 5, 4],
	])('is %s', async (_what, asked, further) => {
		expect(await slotAfter(ahead, asked)).toMatchObject({ number: ahead + further });
	});

	it('is none that is over', async () => {
		const { number } = (await slotAfter(1, 1)) as { number: number };

		expect(number).toBeGreaterThanOrEqual(Math.floor(Date.now() / 1000));
	});
});

describe('what becomes of a link that was submitted', () => {
	const rowOf = (id: number, more: Json = {}) => ({
		id,
		url: `https://a.example/${id}.mp3`,
		state: 'waiting',
		attempts: 0,
		tryAfter: 5000,
		...more,
	});
	const ROWS = [rowOf(1), rowOf(2), rowOf(3)];
	const DUE = [rowOf(1, { tryAfter: 0 }), rowOf(2, { tryAfter: 10 }), rowOf(3, { tryAfter: null })];

	async function outcome(reply: Json, more: Record<string, Items> = {}, link: Json = ROWS[0]!) {
		const others = {
			'Waiting Links': DUE,
			'Claim Links': ROWS,
			'Next Link': [link],
			Slot: [{ ends: Date.now() + MINUTE }],
			...more,
		};
		return await jsonOf('Outcome', [reply], others);
	}
	const failure = (httpStatus: number | null, code: string | null, error = 'No [item 0]') => ({
		error,
		details: { httpStatus, code },
	});

	it('is a job, and the run goes on', async () => {
		const [row, ...rest] = await outcome({ id: 'tr-1', status: 'queued', error: null });

		expect(row).toMatchObject({
			id: 1,
			lease: 5000,
			state: 'submitted',
			transcriptionId: 'tr-1',
			code: '',
			message: '',
			goesOn: true,
			problem: '',
		});
		expect(row!.submittedAt).toBe(row!.checkedAt);
		expect(rest).toEqual([]);
	});

	it.each([
		failure(429, 'rate_limited'),
		failure(500, 'INTERNAL_ERROR'),
		failure(502, null),
		failure(503, null),
		failure(409, 'IDEMPOTENCY_KEY_LOCKED'),
		failure(503, 'INTERNAL_ERROR'),
		failure(425, null),
		failure(408, null),
		failure(null, 'ECONNRESET'),
		failure(null, 'EAI_AGAIN'),
		failure(null, 'CERT_HAS_EXPIRED'),
	])('is that it waits, and is not counted, where the line is at fault: %j', async (reply) => {
		const now = Date.now();
		const [row, ...rest] = await outcome(reply);

		expect(row).toMatchObject({ state: 'waiting', attempts: 0, message: 'No', goesOn: true });
		expect(row!.tryAfter).toBeGreaterThanOrEqual(now + 2 * MINUTE);
		expect(row!.checkedAt).toBeGreaterThanOrEqual(now);
		expect(rest).toEqual([]);
	});

	it('is that the run ends at the third trouble, and all that it has not sent are given back', async () => {
		const rows = await outcome(failure(503, null, 'Away'), {
			Outcome: [{ troubles: 2, givenUp: [] }],
		});

		expect(rows.map(({ id, tryAfter, goesOn }) => [id, tryAfter, goesOn])).toEqual([
			[1, expect.any(Number), false],
			[2, 10, false],
			[3, 0, false],
		]);
		for (const { lease, state } of rows)
			expect({ lease, state }).toEqual({ lease: 5000, state: 'waiting' });
		expect(rows[0]!.problem).toBe(
			'3 links could not be submitted, and the rest waits for the next run. The last answer: Away',
		);
	});

	it('carries the troubles of the run on', async () => {
		expect(
			await outcome(
				{ id: 'tr-1', status: 'queued', error: null },
				{ Outcome: [{ troubles: 2, givenUp: [] }] },
			),
		).toMatchObject([{ troubles: 2, goesOn: true }]);
	});

	it.each([
		failure(401, 'UNAUTHORIZED'),
		failure(402, 'ZERO_BALANCE'),
		failure(403, 'FORBIDDEN'),
		failure(403, null),
		failure(404, null),
		failure(404, 'NOT_FOUND', 'Scriptivox refused the request: No'),
		failure(415, 'UNSUPPORTED_MEDIA_TYPE'),
		failure(302, null),
		failure(null, null, 'Node does not have any credentials set'),
	])('is that the run ends at once where the account is not ready: %j', async (reply) => {
		const rows = await outcome(reply);

		expect(rows.map(({ state, attempts }) => [state, attempts])).toEqual([
			['waiting', 0],
			['waiting', 0],
			['waiting', 0],
		]);
		expect(rows[0]!.goesOn).toBe(false);
		expect(rows[0]!.problem).toMatch(/^Nothing can be submitted now, and every link waits: [NS]/);
	});

	it('is that it comes after the others in the next run, where only it is forbidden', async () => {
		const now = Date.now();
		const [refused, ...rest] = await outcome(failure(403, null));

		expect(refused!.tryAfter).toBeGreaterThanOrEqual(now + 2 * MINUTE);
		for (const { tryAfter } of rest) expect(tryAfter).toBeLessThan(now);
	});

	describe('that the provider has answered with errors of its own', () => {
		const DAY = 24 * 60 * MINUTE;
		const troubledFor = async (days: number, reply: Json, dueAt = 10) => {
			const link = rowOf(1, { checkedAt: Date.now() - days * DAY });
			const others = {
				'Waiting Links': [{ ...link, tryAfter: dueAt }, ...DUE.slice(1)],
				'Claim Links': [link, ...ROWS.slice(1)],
			};
			return await outcome(reply, others, link);
		};

		it.each([failure(500, 'INTERNAL_ERROR', 'Own'), failure(503, null, 'Own')])(
			'is that it is given up after three days, told, and the others go on: %j',
			async (reply) => {
				const [row, ...rest] = await troubledFor(3.01, reply);

				expect(row).toMatchObject({ state: 'failed', message: 'Own', goesOn: true, troubles: 0 });
				expect(row!.givenUp).toEqual(['https://a.example/1.mp3']);
				expect(row!.finishedAt).toBeGreaterThan(0);
				expect(rest).toEqual([]);
			},
		);

		it.each<[string, number, Json]>([
			['for less than three days', 2.9, failure(500, 'INTERNAL_ERROR')],
			['where it gives no answer at all', 9, failure(null, 'ECONNREFUSED')],
			['where it is at its limit', 9, failure(429, 'RATE_LIMIT_EXCEEDED')],
		])('is that it waits %s', async (_what, days, reply) => {
			const [row] = await troubledFor(days, reply);

			expect(row).toMatchObject({ state: 'waiting', attempts: 0, givenUp: [] });
			expect(row!.checkedAt).toBeLessThan(Date.now() - 2 * DAY);
		});

		it('is that the time begins anew where somebody has set it back', async () => {
			const [row] = await troubledFor(9, failure(500, 'INTERNAL_ERROR'), 0);

			expect(row).toMatchObject({ state: 'waiting', givenUp: [] });
			expect(row!.checkedAt).toBeGreaterThan(Date.now() - DAY);
		});
	});

	it('keeps in mind what the run has given up', async () => {
		const before = { Outcome: [{ troubles: 0, givenUp: ['https://a.example/0.mp3'] }] };

		expect(await outcome({ id: 'tr-1', status: 'queued', error: null }, before)).toMatchObject([
			{ givenUp: ['https://a.example/0.mp3'] },
		]);
	});

	it.each([
		['refused', failure(400, 'INVALID_MEDIA_FORMAT'), {}, 'INVALID_MEDIA_FORMAT'],
		['taken for too large', failure(413, null), {}, '413'],
		['not understood', failure(422, 'UNPROCESSABLE'), {}, 'UNPROCESSABLE'],
		['no link', failure(null, null), { url: 'htp:/a' }, 'NOT_A_LINK'],
		[
			'taken for another one',
			failure(422, 'IDEMPOTENCY_KEY_CONFLICT'),
			{},
			'IDEMPOTENCY_KEY_CONFLICT',
		],
	])(
		'is that it has failed where it is %s, and the others go on',
		async (_what, reply, more, code) => {
			const [row, ...rest] = await outcome(reply, {}, { ...ROWS[0], ...more });

			expect(row).toMatchObject({ id: 1, state: 'failed', code, message: 'No', goesOn: true });
			expect(rest).toEqual([]);
		},
	);

	it.each([
		'URL must have at most 2048 characters',
		'URL leads into a network that it cannot reach',
	])('is that it has failed where the node does not send it: %s', async (said) => {
		const [row] = await outcome(failure(null, null, `${said} [item 0]`));

		expect(row).toMatchObject({ state: 'failed', code: 'NOT_SENT', message: said, goesOn: true });
	});

	it('is told as well where the time of the run is over before there are three', async () => {
		const [row] = await outcome(failure(503, null, 'Away'), { Slot: [{ ends: 1 }] });

		expect(row).toMatchObject({ state: 'waiting', goesOn: false });
		expect(row!.problem).toMatch(/^A link could not be submitted, .* The last answer: Away$/);
	});

	it('is that the run ends in time for the next one, without a word', async () => {
		const rows = await outcome(
			{ id: 'tr-1', status: 'queued', error: null },
			{ Slot: [{ ends: Date.now() - 1 }] },
		);

		expect(rows.map(({ state, goesOn, problem }) => [state, goesOn, problem])).toEqual([
			['submitted', false, ''],
			['waiting', false, ''],
			['waiting', false, ''],
		]);
	});
});

describe('what becomes of a job that is looked at', () => {
	const ROW = {
		id: 4,
		state: 'submitted',
		transcriptionId: 'tr-4',
		attempts: 1,
		round: 0,
		request: '{}',
		file: null,
	};
	const results = async (reply: Json, row: Json = ROW) =>
		await runCode(BASE, 'Result', [reply], { Settings: [SETTINGS], 'Note Check': [row] });
	const failed = (code: string | null) => ({ status: 'failed', error: { code, message: 'Why' } });

	it.each([
		['what was said, 世界', 'what was said, 世界'],
		['', ''],
		[null, ''],
	])('is its transcript as a file: %j', async (text, written) => {
		const [given] = await results({ id: 'tr-4', status: 'completed', text });
		const { data, fileName } = given!.binary!.data as { data: string; fileName: string };

		expect(given!.json).toMatchObject({ id: 4, state: 'done', path: '/out/tr-4.txt', code: '' });
		expect(Buffer.from(data, 'base64').toString()).toBe(written);
		expect(fileName).toBe('tr-4.txt');
	});

	it.each(['queued', 'processing'])('is nothing while it is %s', async (status) => {
		expect(await results({ id: 'tr-4', status })).toEqual([]);
	});

	it.each(['INTERNAL_ERROR', 'CREATED_TIMEOUT', 'DOWNLOAD_TIMEOUT', 'PROCESSING_TIMEOUT'])(
		'is a new try under a new key where it failed with %s, until there were enough',
		async (code) => {
			const now = Date.now();
			const [again] = await results(failed(code));
			const [last] = await results(failed(code), { ...ROW, attempts: 2 });

			expect(again!.json).toMatchObject({ state: 'waiting', attempts: 2, round: 1, request: '' });
			expect(again!.json.tryAfter).toBeGreaterThanOrEqual(now + 4 * MINUTE);
			expect(last!.json).toMatchObject({ state: 'failed', attempts: 3, code, message: 'Why' });
		},
	);

	it('is a new try that is not counted where the account was at fault', async () => {
		const [given] = await results(failed('BILLING_ERROR'), { ...ROW, attempts: 2 });

		expect(given!.json).toMatchObject({ state: 'waiting', attempts: 2, round: 1 });
	});

	it.each(['PROCESSING_ERROR', 'INVALID_MEDIA_FORMAT', null])(
		'is the end of it where the recording was at fault: %p',
		async (code) => {
			const [given] = await results(failed(code));

			expect(given!.json).toMatchObject({
				state: 'failed',
				code: code ?? 'FAILED',
				message: 'Why',
			});
		},
	);

	it('is the end of it where the provider does not know it any more', async () => {
		const details = { httpStatus: 404, code: 'TRANSCRIPTION_NOT_FOUND' };
		const reply = { error: 'No such job [item 0]', details };

		expect((await results(reply))[0]!.json).toMatchObject({
			state: 'failed',
			code: 'TRANSCRIPTION_NOT_FOUND',
			message: 'No such job',
			// who sets its row back wants another job: the old key would give the one that is gone
			round: 1,
			request: '',
		});
	});

	it.each([
		[503, null, 'NOT_READ'],
		[429, 'rate_limited', 'rate_limited'],
		[401, 'UNAUTHORIZED', 'UNAUTHORIZED'],
		[null, 'ECONNREFUSED', 'ECONNREFUSED'],
		// of a page in between, or of another address
		[404, null, 'NOT_READ'],
		[403, null, 'NOT_READ'],
	])('is that it stays where it is and says why: %p %p', async (httpStatus, code, noted) => {
		const [given] = await results({ error: 'Away', details: { httpStatus, code } });

		expect(given!.json).toMatchObject({
			state: 'submitted',
			attempts: 1,
			code: noted,
			message: 'Away',
			isUnread: true,
		});
	});
});

describe('a run of the backlog', () => {
	const tell = async (others: Record<string, Items>) => await jsonOf('Tell', [{}], others);

	it.each<[string, Record<string, Items>]>([
		['there was nothing to do', {}],
		[
			'all went well',
			{ Outcome: [{ problem: '' }], Result: [{ state: 'done' }], 'Save Transcript': [] },
		],
	])('ends well where %s', async (_what, others) => {
		expect(await tell(others)).toEqual([]);
	});

	it.each<[string, Record<string, Items>, string]>([
		[
			'a link was given up',
			{ Outcome: [{ problem: '', givenUp: ['https://a.example/1.mp3'] }] },
			'Given up, as Scriptivox has failed over it for three days: https://a.example/1.mp3',
		],
		[
			'a link has to wait',
			{ Outcome: [{ problem: 'Nothing can be submitted' }] },
			'Nothing can be',
		],
		[
			'a transcript was not saved',
			{ 'Save Transcript': [{ error: 'The disk is full' }] },
			'A transcript could not be saved and is fetched again in the next run: The disk is full',
		],
		[
			'a job was not read',
			{ Result: [{ state: 'done' }, { isUnread: true, message: 'Away' }] },
			'A job could not be read and is read again in the next run: Away',
		],
		[
			'several were not, each reason once',
			{
				'Save Transcript': [
					{ error: 'The disk is full [item 0]' },
					{ error: 'The disk is full [item 1]' },
					{ error: 'There lies a folder' },
				],
				Result: ['a', 'b', 'c', 'd', 'e', 'f', 'f'].map((message) => ({ isUnread: true, message })),
			},
			'3 transcripts could not be saved and are fetched again in the next run: The disk is full; There lies a folder\n7 jobs could not be read and are read again in the next run: a; b; c; d; e; 1 more',
		],
	])('ends in an error where %s', async (_what, others, said) => {
		await expect(tell(others)).rejects.toThrow(said);
	});
});
