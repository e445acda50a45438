import nock from 'nock';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { limiterFor } from '../../../nodes/shared/http/pacing';
import { WhipscribeTrigger } from '../../../nodes/Whipscribe/WhipscribeTrigger.node';
import { advanceSeconds, errorOf, polling, pollNode, waits } from '../harness';
import type { Poll } from '../harness';
import { api, credentials, envelope, HOST, KEY, RESULT, SILENCE, SIMPLIFIED } from './support';

const CREDENTIAL_ID = 'credential-under-test';

/** A job's id that is easy to tell from others. */
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A row of the list; the number is its place in the order of creation. */
const row = (number: number, status: string) => ({
	job_id: idOf(number),
	status,
	filename: `${number}.mp3`,
	audio_duration_seconds: status === 'done' ? 61.5 : null,
	language: status === 'done' ? 'en' : null,
	source: 'api',
	created_at: 1_795_348_800 + number,
});

/** Expects a look at the list; rows are given the oldest first, and listed the newest first. */
function expectList(rows: object[], asObject = false): void {
	const listed = [...rows].reverse();
	api()
		.get('/api/v1/jobs')
		.query({ limit: 100 })
		.reply(200, asObject ? { jobs: listed } : listed);
}

/** A trigger with a memory of its own, as n8n keeps one for it. */
function trigger(parameters: INodeParameters = {}, more: Partial<Poll> = {}) {
	const staticData: IDataObject = {};
	const poll = async (changes: Partial<Poll> = {}) =>
		await pollNode({
			node: new WhipscribeTrigger(),
			credentials,
			credentialId: CREDENTIAL_ID,
			staticData,
			parameters,
			...more,
			...changes,
		});
	const ids = async (changes: Partial<Poll> = {}) =>
		(await poll(changes))?.map(({ json }) => Number(String(json.id).slice(-12))) ?? null;
	return { poll, ids, staticData };
}

/** A trigger that has begun with these jobs. */
async function begun(rows: object[], parameters: INodeParameters = {}) {
	const one = trigger(parameters);
	expectList(rows);
	expect(await one.poll()).toBeNull();
	return one;
}

describe('the first poll of a workflow that has begun before', () => {
	it('asks once where Whipscribe is away, because n8n starts no other workflow meanwhile', async () => {
		const { poll, ids } = trigger();
		expectList([row(1, 'done')]);
		await poll();
		let requests = 0;
		api()
			.persist()
			.get('/api/v1/jobs')
			.query({ limit: 100 })
			.reply(() => {
				requests += 1;
				return [503, {}, { 'Retry-After': '60' }];
			});

		expect(await poll()).toBeNull();
		expect(requests).toBe(1);

		nock.cleanAll();
		advanceSeconds(60);
		expectList([row(1, 'done'), row(2, 'done')]);
		expect(await ids({ parameters: { fetchTranscript: false } })).toEqual([2]);
	});
});

describe('a pause that a reply to another trigger of the credential has asked for', () => {
	/** Lets another trigger be told to wait. */
	async function paused(seconds: number) {
		const other = await begun([row(1, 'done')]);
		api()
			.get('/api/v1/jobs')
			.query(true)
			.reply(429, envelope('RATE_LIMITED'), { 'Retry-After': String(seconds) });
		expect(await other.poll()).toBeNull();
	}

	/** A trigger whose workflow has listened for a while: its next poll is not the first. */
	async function listening() {
		const poll = polling({
			node: new WhipscribeTrigger(),
			credentials,
			credentialId: CREDENTIAL_ID,
			staticData: {},
			parameters: { fetchTranscript: false },
		});
		expectList([row(1, 'done')]);
		expect(await poll()).toBeNull();
		return poll;
	}

	it('holds no first poll, because n8n starts no other workflow meanwhile', async () => {
		const one = await begun([row(1, 'done')]);
		await paused(500);
		const before = waits.length;

		expect(await one.poll()).toBeNull();
		expect(waits.slice(before)).toEqual([]);
	});

	it('holds a first poll for a few seconds', async () => {
		const one = await begun([row(1, 'done')]);
		await paused(10);
		expectList([row(1, 'done'), row(2, 'done')]);

		expect(await one.ids()).toEqual([2]);
	});

	it('ends a later poll that it would hold for too long, and the next one looks again', async () => {
		const poll = await listening();
		// in place of another trigger, which the harness would take for the same one
		limiterFor(`whipscribeApi ${CREDENTIAL_ID}`, 'list jobs').pause(500);

		const error = await errorOf(poll());

		expect(error.message).toBe("Whipscribe's limit for requests to list jobs is used up");
		expect(error.description).toBe(
			'Whipscribe has asked another request of this credential to wait, for another 500 seconds. Send fewer requests with it, or try again later.',
		);
		advanceSeconds(500);
		expectList([row(1, 'done'), row(2, 'done')]);
		expect((await poll())?.map(({ json }) => json.id)).toEqual([idOf(2)]);
	});

	it('and its own retries end in time', async () => {
		const poll = await listening();
		api()
			.get('/api/v1/jobs')
			.query(true)
			.reply(429, envelope('RATE_LIMITED'), { 'Retry-After': '500' });

		const error = await errorOf(poll());

		expect(error.message).toContain("Whipscribe's limit for requests to list jobs is used up");
		advanceSeconds(500);
	});
});

describe('the Whipscribe trigger', () => {
	it('begins with the jobs that are there, and emits none of them', async () => {
		const { ids } = await begun([row(1, 'done'), row(2, 'failed')]);
		expectList([row(1, 'done'), row(2, 'failed')]);

		expect(await ids()).toBeNull();
	});

	describe('with files', () => {
		const expectExport = (number: number, format: string) =>
			api()
				.get(`/api/v1/jobs/${idOf(number)}/result`)
				.query({ format });

		it.each([true, false])('emits them, the transcript fetched: %s', async (fetchTranscript) => {
			const options = { fetchTranscript, files: ['srt', 'docx'] };
			const { poll } = await begun([row(1, 'queued')], { options });
			expectList([row(1, 'done')]);
			if (fetchTranscript) expectExport(1, 'json').reply(200, RESULT);
			expectExport(1, 'srt').reply(200, 'cues');
			expectExport(1, 'docx').reply(200, 'PK');

			const [item] = (await poll())!;

			expect(item!.json).toMatchObject({ event: 'done', error: null });
			expect(item!.json.text).toBe(fetchTranscript ? RESULT.text : null);
			expect(item!.binary).toMatchObject({
				srt: { fileName: '1.srt', mimeType: 'application/x-subrip' },
				docx: { fileName: '1.docx' },
			});
		});

		it('asks for none of a job that failed', async () => {
			const { poll } = await begun([row(1, 'queued')], { options: { files: ['srt'] } });
			expectList([row(1, 'failed')]);
			api()
				.get(`/api/v1/jobs/${idOf(1)}`)
				.reply(200, { job_id: idOf(1), status: 'failed', error: 'Could not decode' });

			expect((await poll())![0]!.binary).toBeUndefined();
		});

		it.each([
			[401, 'AUTHENTICATION_REQUIRED'],
			[402, 'transcript_locked'],
			[404, 'NOT_FOUND'],
		])('does not lose a job of which one is refused with %d %s', async (status, code) => {
			const { poll } = await begun([row(1, 'queued')], { options: { files: ['srt', 'txt'] } });
			expectList([row(1, 'done')]);
			expectExport(1, 'srt').reply(status, envelope(code));
			expectExport(1, 'txt').reply(200, 'words');

			const [item] = (await poll())!;

			expect(item!.json).toMatchObject({ event: 'done', error: { code } });
			expect(Object.keys(item!.binary!)).toEqual(['txt']);
		});

		it('emits the job at the next poll where Whipscribe was away, with all of them', async () => {
			const { poll } = await begun([row(1, 'queued')], { options: { files: ['srt', 'txt'] } });
			expectList([row(1, 'done')]);
			expectExport(1, 'srt').reply(503);
			expect(await poll()).toBeNull();
			advanceSeconds(60);
			expectList([row(1, 'done')]);
			expectExport(1, 'srt').reply(200, 'cues');
			expectExport(1, 'txt').reply(200, 'words');

			const [item] = (await poll())!;

			expect(item!.json.error).toBeNull();
			expect(Object.keys(item!.binary!)).toEqual(['srt', 'txt']);
			expectList([row(1, 'done')]);
			expect(await poll()).toBeNull();
		});

		it('shows them with the sample in the editor', async () => {
			expectList([row(1, 'done')]);
			expectExport(1, 'vtt').reply(200, 'WEBVTT');
			const { poll } = trigger({ options: { files: ['vtt'] } }, { mode: 'manual' });

			expect(Object.keys((await poll())![0]!.binary!)).toEqual(['vtt']);
		});
	});

	it('begins with no job at all, and emits the first', async () => {
		const { ids } = await begun([]);
		expectList([row(1, 'done')]);

		expect(await ids()).toEqual([1]);
	});

	it('emits a job once, when it is done', async () => {
		const { poll, ids } = await begun([row(1, 'done')]);
		expectList([row(1, 'done'), row(2, 'queued')]);
		expect(await ids()).toBeNull();
		expectList([row(1, 'done'), row(2, 'processing')]);
		expect(await ids()).toBeNull();
		expectList([row(1, 'done'), row(2, 'done')]);

		expect(await poll()).toEqual([
			{
				json: {
					...SIMPLIFIED,
					id: idOf(2),
					event: 'done',
					fileName: '2.mp3',
					text: null,
					speechDetected: null,
					speakers: [],
					segments: [],
				},
			},
		]);
		expectList([row(1, 'done'), row(2, 'done')]);
		expect(await ids()).toBeNull();
	});

	it('emits a job that was running when it began', async () => {
		const { ids } = await begun([row(1, 'processing'), row(2, 'done')]);
		expectList([row(1, 'done'), row(2, 'done')]);

		expect(await ids()).toEqual([1]);
	});

	it('emits the oldest first', async () => {
		const { ids } = await begun([]);
		expectList([row(1, 'done'), row(2, 'done'), row(3, 'done')]);

		expect(await ids()).toEqual([1, 2, 3]);
	});

	it('reads the list within an object too', async () => {
		const { ids } = await begun([]);
		expectList([row(1, 'done')], true);

		expect(await ids()).toEqual([1]);
	});

	it('emits what ended while n8n was down, and nothing twice', async () => {
		const { ids, staticData } = await begun([row(1, 'done'), row(2, 'queued')]);
		const restarted = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		expectList([row(1, 'done'), row(2, 'done'), row(3, 'done')]);

		expect(await ids({ staticData: restarted })).toEqual([2, 3]);
		expectList([row(1, 'done'), row(2, 'done'), row(3, 'done')]);
		expect(await ids({ staticData: restarted })).toBeNull();
	});

	it.each([
		['done', [1]],
		['failed', [2]],
	])('emits only %s where only that is chosen', async (event, expected) => {
		const { ids } = await begun([row(1, 'queued'), row(2, 'queued')], { events: [event] });
		expectList([row(1, 'done'), row(2, 'failed')]);
		if (event === 'failed')
			api()
				.get(`/api/v1/jobs/${idOf(2)}`)
				.reply(200, row(2, 'failed'));

		expect(await ids()).toEqual(expected);
	});

	it('says why a job failed, which the list does not', async () => {
		const { poll } = await begun([row(1, 'queued')]);
		expectList([row(1, 'failed')]);
		api()
			.get(`/api/v1/jobs/${idOf(1)}`)
			.reply(200, { job_id: idOf(1), status: 'failed', error: 'Could not decode' });

		const items = await poll();

		expect(items![0]!.json).toMatchObject({
			event: 'failed',
			status: 'failed',
			fileName: '1.mp3',
			error: { code: null, message: 'Could not decode' },
		});
	});

	it('does not lose a failed job whose reason it may not read', async () => {
		const { poll } = await begun([row(1, 'queued')]);
		expectList([row(1, 'failed')]);
		api()
			.get(`/api/v1/jobs/${idOf(1)}`)
			.reply(401, envelope('AUTHENTICATION_REQUIRED'));

		const items = await poll();

		const message = expect.stringContaining(
			`use Job: Wait or Job: Get Transcript with the ID ${idOf(1)}`,
		) as string;
		expect(items![0]!.json).toMatchObject({
			event: 'failed',
			error: { code: 'AUTHENTICATION_REQUIRED', message },
		});
	});

	it('gives Whipscribe’s own row without Simplify', async () => {
		const { poll } = await begun([], { simplify: false });
		expectList([row(1, 'done')]);

		expect(await poll()).toEqual([{ json: row(1, 'done') }]);
	});

	describe('with the transcript', () => {
		const parameters = { options: { fetchTranscript: true } };
		const expectResult = (number: number) =>
			api()
				.get(`/api/v1/jobs/${idOf(number)}/result`)
				.query({ format: 'json' });

		it('reads it for each job that is done', async () => {
			const { poll } = await begun([], parameters);
			expectList([row(1, 'done'), row(2, 'done')]);
			expectResult(1).reply(200, RESULT);
			expectResult(2).reply(200, SILENCE);

			const items = await poll();

			expect(items!.map(({ json }) => [json.text, json.speechDetected])).toEqual([
				[RESULT.text, null],
				['', false],
			]);
		});

		it('leaves a job for the next poll while its transcript cannot be read', async () => {
			const { ids, poll } = await begun([], parameters);
			expectList([row(1, 'done'), row(2, 'done')]);
			// each poll here is the first after a start, which tries once
			expectResult(1).reply(503);
			expectResult(2).reply(200, RESULT);
			expect(await ids()).toEqual([2]);
			expectList([row(1, 'done'), row(2, 'done')]);
			expectResult(1).reply(200, RESULT);

			expect((await poll())!.map(({ json }) => json.text)).toEqual([RESULT.text]);
		});

		it('emits a job without it in the end', async () => {
			const { ids, poll } = await begun([], parameters);
			expectResult(1).times(5).reply(503);
			for (let polls = 1; polls < 5; polls++) {
				expectList([row(1, 'done')]);
				expect(await ids()).toBeNull();
			}
			expectList([row(1, 'done')]);

			const [item] = (await poll())!;
			expect(item!.json).toMatchObject({ id: idOf(1), text: null, error: { code: '503' } });
		});

		it('emits a job without it at once where it may not be read', async () => {
			const { poll } = await begun([], parameters);
			expectList([row(1, 'done')]);
			expectResult(1).reply(402, envelope('transcript_locked'));

			const items = await poll();

			const message = expect.stringContaining(`Get Transcript with the ID ${idOf(1)}`) as string;
			const error = { code: 'transcript_locked', message };
			expect(items![0]!.json).toMatchObject({ status: 'completed', text: null, error });
		});
	});

	describe('when more jobs come than the list holds', () => {
		const many = (from: number, to: number, status: string) =>
			Array.from({ length: to - from + 1 }, (_, index) => row(from + index, status));

		it('reads those that it saw running by their id', async () => {
			const { ids } = await begun([row(1, 'processing'), row(2, 'done')]);
			expectList(many(3, 102, 'queued'));
			api()
				.get(`/api/v1/jobs/${idOf(1)}`)
				.reply(200, { job_id: idOf(1), status: 'done' });

			expect(await ids()).toEqual([1]);
		});

		it('emits every job of a full list that reaches what is known', async () => {
			const { poll } = await begun([row(1, 'done')]);
			expectList(many(1, 100, 'done'));

			const items = await poll();

			expect(items).toHaveLength(99);
			expect(items!.some(({ json }) => 'mayHaveMissed' in json)).toBe(false);
		});

		it('says that it may have missed some where a full list reaches nothing that is known', async () => {
			const { poll } = await begun([row(1, 'done')]);
			expectList(many(2, 101, 'done'));

			const items = await poll();

			expect(items).toHaveLength(100);
			expect(items!.every(({ json }) => json.mayHaveMissed === true)).toBe(true);
			expectList([...many(3, 101, 'done'), row(102, 'done')]);
			expect((await poll())![0]!.json).not.toHaveProperty('mayHaveMissed');
		});

		it('says so with the next event where none is due at once', async () => {
			const { poll, ids } = await begun([row(1, 'done')]);
			expectList(many(2, 101, 'queued'));
			expect(await ids()).toBeNull();
			expectList([...many(2, 100, 'queued'), row(101, 'done')]);

			expect((await poll())![0]!.json).toMatchObject({ id: idOf(101), mayHaveMissed: true });
		});

		it('does not take jobs for new that come back into the list when others are deleted', async () => {
			const { ids } = await begun(many(51, 150, 'done'));
			expectList(many(11, 110, 'done'));

			expect(await ids()).toBeNull();
		});

		it('does not say so where all known jobs are deleted and the list is not full', async () => {
			const { poll } = await begun([row(1, 'done')]);
			expectList([row(2, 'done')]);

			expect((await poll())![0]!.json).not.toHaveProperty('mayHaveMissed');
		});

		it('forgets running jobs that are deleted', async () => {
			const { ids } = await begun([row(1, 'processing')]);
			expectList([]);
			api()
				.get(`/api/v1/jobs/${idOf(1)}`)
				.reply(404, envelope('NOT_FOUND'));
			expect(await ids()).toBeNull();
			expectList([]);

			expect(await ids()).toBeNull();
		});

		it('keeps what it remembers small', async () => {
			const { poll, staticData } = await begun([]);
			for (let page = 0; page < 15; page++) {
				expectList(many(page * 100 + 1, page * 100 + 100, 'done'));
				expect(await poll()).toHaveLength(100);
			}

			expect(JSON.stringify(staticData).length).toBeLessThan(64_000);
			expectList(many(1401, 1500, 'done'));
			expect(await poll()).toBeNull();
		});
	});

	it('goes wrong where the list cannot be read, and notes nothing', async () => {
		const { poll, ids, staticData } = await begun([row(1, 'queued')]);
		const before = JSON.stringify(staticData);
		api().get('/api/v1/jobs').query(true).reply(401, envelope('INVALID_API_KEY'));

		expect((await errorOf(poll())).message).toContain('(INVALID_API_KEY)');
		expect(JSON.stringify(staticData)).toBe(before);
		expectList([row(1, 'done')]);
		expect(await ids()).toEqual([1]);
	});

	it.each([
		['a web page', '<html></html>', { 'Content-Type': 'text/html' }],
		['nothing', '', {}],
		['an error with status 200', { detail: 'hm' }, {}],
	])('does not take %s for an empty list', async (_what, reply, headers) => {
		const { poll } = trigger();
		api()
			.get('/api/v1/jobs')
			.query(true)
			.reply(200, reply, headers as nock.ReplyHeaders);

		await expect(poll()).rejects.toThrow('to the request to list jobs');
	});

	it('leaves out rows without an id', async () => {
		const { ids } = await begun([]);
		expectList([{ status: 'done' }, row(1, 'done'), { job_id: null, status: 'done' }]);

		expect(await ids()).toEqual([1]);
	});

	it('begins anew with the jobs of another account', async () => {
		const { ids } = await begun([row(1, 'done')]);
		expectList([row(7, 'done')]);

		expect(await ids({ credentialId: 'another' })).toBeNull();
	});

	it('polls once at a time', async () => {
		const { staticData } = await begun([]);
		expectList([row(1, 'done')]);
		const setup = { node: new WhipscribeTrigger(), credentials, credentialId: CREDENTIAL_ID };
		// n8n polls a workflow in one context as long as it listens
		const poll = polling({ ...setup, staticData });

		expect(await Promise.all([poll(), poll()])).toMatchObject([[{ json: { id: idOf(1) } }], null]);
	});

	it('works for the user whose ID token the credential holds', async () => {
		const { poll } = trigger();
		nock(HOST, { reqheaders: { 'x-api-key': KEY, authorization: 'Bearer token' } })
			.get('/api/v1/jobs')
			.query(true)
			.reply(200, []);

		await poll({ credentials: { whipscribeApi: { apiKey: KEY, idToken: 'token' } } });
	});

	describe('in the editor', () => {
		it('gives the latest job that ended as a sample, each time, and notes nothing', async () => {
			const { ids, staticData } = trigger({}, { mode: 'manual' });
			for (let tests = 0; tests < 2; tests++) {
				expectList([row(1, 'done'), row(2, 'done'), row(3, 'queued')]);
				expect(await ids()).toEqual([2]);
			}

			expect(staticData).toEqual({});
		});

		it('says that there is no job to show', async () => {
			const { poll } = trigger({}, { mode: 'manual' });
			expectList([row(1, 'queued')]);

			await expect(poll()).rejects.toThrow('Whipscribe lists no job that has ended so');
		});
	});
});
