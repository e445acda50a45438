import { useSimulator } from './support';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

describe('jobs at Scriptivox', () => {
	const { scriptivox, call, transcribe, reached } = useSimulator();
	const inFlight = async (content: string) => await transcribe('slow-60s.mp3', content);

	it.each([
		['GET', ''],
		['POST', '/cancel'],
		['DELETE', ''],
	])('answers %s on an unknown id%s with 404', async (method, suffix) => {
		for (const id of [UNKNOWN_ID, 'x', 'y'.repeat(500)]) {
			const reply = await call(method, `/transcribe/${id}${suffix}`);
			expect([reply.status, reply.json.error.code]).toEqual([404, 'TRANSCRIPTION_NOT_FOUND']);
		}
	});

	it('reports a completed job with all its fields', async () => {
		const id = await transcribe('a.mp3', 'x'.repeat(160_000), { align: true });
		expect(await reached(id, 'completed')).toEqual({
			id,
			status: 'completed',
			audio_duration_seconds: 10,
			file_size_bytes: 160_000,
			language: 'en',
			diarize: false,
			speaker_count: null,
			align: true,
			cost_cents: 0.0556,
			created_at: expect.stringMatching(/^\d{4}-.*Z$/),
			started_at: expect.stringMatching(/^\d{4}-.*Z$/),
			completed_at: expect.stringMatching(/^\d{4}-.*Z$/),
			progress: expect.any(String),
			result: expect.objectContaining({ duration_seconds: 10 }),
		});
	});

	it('reserves, charges and releases', async () => {
		const cents = async () => {
			const { json } = await call('GET', '/balance');
			return [json.balance_cents, json.reserved_cents, json.available_cents];
		};
		const running = await inFlight('x'.repeat(160_000));
		expect(await cents()).toEqual([100_000, 0.0556, 99_999.9444]);
		const cancelled = await call('POST', `/transcribe/${running}/cancel`);
		expect(cancelled.json.released_cents).toBe(0.0556);
		expect(await cents()).toEqual([100_000, 0, 100_000]);
		await reached(await transcribe('a.mp3', 'x'.repeat(160_000)), 'completed');
		expect(await cents()).toEqual([99_999.9444, 0, 99_999.9444]);
	});

	it('starts nothing that the balance does not cover', async () => {
		scriptivox().configure({ balanceCents: 0.06 });
		await inFlight('x'.repeat(160_000));
		const url = 'https://media.example.com/a.mp3';
		const poor = await call('POST', '/transcribe', { body: { url } });
		expect([poor.status, poor.json.error.code]).toEqual([402, 'INSUFFICIENT_BALANCE']);
		scriptivox().configure({ balanceCents: 0 });
		const empty = await call('POST', '/transcribe', { body: { url } });
		expect([empty.status, empty.json.error.code]).toEqual([402, 'ZERO_BALANCE']);
	});

	it('cancels a job in flight, again and again, but no finished one', async () => {
		const id = await inFlight('bytes');
		for (let times = 0; times < 2; times += 1) {
			const reply = await call('POST', `/transcribe/${id}/cancel`);
			expect(reply.status).toBe(200);
			expect(reply.json).toMatchObject({ id, status: 'failed', error: { code: 'CANCELLED' } });
		}
		const done = await transcribe('a.mp3', 'bytes');
		await reached(done, 'completed');
		const refused = await call('POST', `/transcribe/${done}/cancel`);
		expect([refused.status, refused.json.error.code]).toEqual([409, 'CONFLICT']);
	});

	it('deletes a finished job, again and again, but none in flight', async () => {
		const running = await inFlight('bytes');
		const refused = await call('DELETE', `/transcribe/${running}`);
		expect([refused.status, refused.json.error.code]).toEqual([409, 'CONFLICT']);
		const id = await transcribe('a.mp3', 'bytes');
		await reached(id, 'completed');
		expect((await call('DELETE', `/transcribe/${id}`)).status).toBe(204);
		expect((await call('DELETE', `/transcribe/${id}`)).status).toBe(204);
		expect((await call('GET', `/transcribe/${id}`)).status).toBe(404);
		expect((await call('GET', '/transcriptions')).json.items).toHaveLength(1);
	});

	it('lists in pages, newest first or oldest first', async () => {
		const ids: string[] = [];
		for (const name of ['a.mp3', 'b.mp3', 'c.mp3', 'd.mp3', 'e.mp3']) {
			ids.push(await transcribe(name, name));
		}
		for (const [order, expected] of [
			['desc', [...ids].reverse()],
			['asc', ids],
		] as const) {
			const found: string[] = [];
			let cursor = '';
			do {
				const { json } = await call('GET', `/transcriptions?limit=2&order=${order}${cursor}`);
				found.push(...json.items.map((item: { id: string }) => item.id));
				expect(json.items.length).toBeLessThanOrEqual(2);
				expect(json.items[0]).not.toHaveProperty('result');
				expect(json.has_more).toBe(json.next_cursor !== null);
				cursor = json.has_more ? `&cursor=${json.next_cursor}` : '';
			} while (cursor);
			expect(found).toEqual(expected);
		}
	});

	it('lists by status and time', async () => {
		const failed = await transcribe('fail-PROCESSING_ERROR.mp3', 'one');
		await reached(failed, 'failed');
		const done = await transcribe('a.mp3', 'two');
		const { created_at } = await reached(done, 'completed');
		const ids = async (query: string) =>
			(await call('GET', `/transcriptions?${query}`)).json.items.map(
				(item: { id: string }) => item.id,
			);
		expect(await ids('status=failed')).toEqual([failed]);
		expect(await ids(`from=${created_at}`)).toEqual([done]);
		expect(await ids(`to=${created_at}`)).toEqual([failed]);
	});

	it.each([
		['limit=0'],
		['limit=201'],
		['limit=two'],
		['status=done'],
		['order=up'],
		['from=yesterday'],
		['cursor=nonsense'],
	])('refuses the query %s', async (query) => {
		const reply = await call('GET', `/transcriptions?${query}`);
		expect([reply.status, reply.json.error.code]).toEqual([400, 'INVALID_REQUEST']);
	});
});

describe("Scriptivox's exports", () => {
	const { call, transcribe, reached } = useSimulator();
	const completed = async (fields: object = {}) => {
		const id = await transcribe('a.mp3', 'x'.repeat(320_000), fields);
		const { result } = await reached(id, 'completed');
		const file = async (query: string) => await call('GET', `/transcribe/${id}?${query}`);
		return { id, result, file };
	};

	it('writes SRT of at most four words a cue', async () => {
		const { result, file } = await completed();
		const reply = await file('format=srt');
		expect(reply.headers.get('content-type')).toMatch(/^text\/plain/);
		const cues = reply.text
			.trimEnd()
			.split('\n\n')
			.map((cue) => cue.split('\n'));
		const texts = cues.map(([number, times, text], index) => {
			expect(number).toBe(String(index + 1));
			expect(times).toMatch(/^\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}$/);
			expect(text?.split(' ').length).toBeLessThanOrEqual(4);
			return text;
		});
		expect(texts.join(' ')).toBe(result.full_transcript);
	});

	it('writes VTT with speakers when diarized, by the knobs', async () => {
		const { file } = await completed({ diarize: true, speaker_count: 2 });
		const reply = await file('format=vtt&max_words=2');
		expect(reply.headers.get('content-type')).toMatch(/^text\/vtt/);
		expect(reply.text).toMatch(
			/^WEBVTT\n\n00:00:00\.000 --> 00:00:\d\d\.\d{3}\nSPEAKER 1: \w+ \w+\n/,
		);
		expect((await file('format=vtt&include_speakers=false')).text).not.toContain('SPEAKER');
	});

	it('writes text, with times and without some characters if asked', async () => {
		const { result, file } = await completed();
		expect((await file('format=text')).text).toBe(result.full_transcript);
		const stripped = await file('format=text&strip_chars=.e&include_timestamps=true');
		expect(stripped.text).toMatch(/^\[00:00:00\.000\] [^.e\n]+\n\[/);
	});

	it('refuses another format, bad knobs, and a job that is not completed', async () => {
		const { file } = await completed();
		for (const query of ['format=pdf', 'format=srt&max_words=0', 'format=srt&sentence_aware=1']) {
			const reply = await file(query);
			expect([reply.status, reply.json.error.code]).toEqual([400, 'INVALID_REQUEST']);
		}
		const running = await transcribe('slow-60s.mp3', 'bytes');
		const early = await call('GET', `/transcribe/${running}?format=srt`);
		expect([early.status, early.json.error.code]).toEqual([409, 'CONFLICT']);
	});
});
