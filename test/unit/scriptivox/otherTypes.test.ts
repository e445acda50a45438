import { transcriptOf } from '../../../nodes/Scriptivox/transcript';
import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import { errorOf, inText, listSearch, placesThatBreak } from '../harness';
import {
	api,
	chosen,
	COMPLETED,
	credentials,
	ID,
	jsonOf,
	run,
	SIMPLIFIED,
	UPLOAD_ID,
} from './support';

const byUpload = { inputType: 'uploadId', uploadId: UPLOAD_ID, wait: 'none' };

describe('a reply of Scriptivox with other types than documented', () => {
	it('gives the same where numbers, true and false came as text', async () => {
		api().get(`/v1/transcribe/${ID}`).reply(200, inText(COMPLETED));

		expect(await jsonOf(run('transcription', 'get', chosen(ID)))).toEqual(SIMPLIFIED);
	});

	it('names speakers that came as numbers, 0 as well', () => {
		const utterances = [
			{ speaker: 0, start: '0.5', end: ' 1.5 ', text: 'a', words: [{ word: 7, start: '0.5' }] },
			{ speaker: 1, start: 2, end: 3, text: 8 },
		];
		const result = { full_transcript: 42, speakers: [0, 1], utterances };

		expect(transcriptOf({ id: 5, status: 'completed', result })).toMatchObject({
			id: '5',
			text: '42',
			speakers: ['0', '1'],
			segments: [
				{ speaker: '0', start: 0.5, end: 1.5, words: [{ text: '7', start: 0.5, end: null }] },
				{ speaker: '1', text: '8' },
			],
		});
	});

	it('is a Transcript whatever is null, absent or of another type in it', () => {
		const failed = { ...COMPLETED, status: 'failed', error: { code: 'X', message: 'y' } };

		expect(placesThatBreak(COMPLETED, transcriptOf)).toEqual([]);
		expect(placesThatBreak(failed, transcriptOf)).toEqual([]);
	});

	it.each([
		['broken', { code: null, message: 'broken' }],
		[
			{ code: 7, message: 8 },
			{ code: '7', message: '8' },
		],
		[{ message: 'broken' }, { code: null, message: 'broken' }],
		[[], null],
		['', null],
		[null, null],
	])('says why a job failed where its error is %j', (error, said) => {
		expect(transcriptOf({ id: ID, status: 'failed', error })).toMatchObject({ error: said });
	});

	it.each([
		['false', 'c1', ['a']],
		['true', 'c1', ['a', 'b']],
		[0, 'c1', ['a']],
		[1, 'c1', ['a', 'b']],
		[null, 'c1', ['a', 'b']],
		[undefined, 'c1', ['a', 'b']],
		[null, null, ['a']],
		[true, null, ['a']],
	])(
		'ends its list where has_more is %j and next_cursor %j',
		async (has_more, next_cursor, ids) => {
			api()
				.get('/v1/transcriptions')
				.query({ limit: 200 })
				.reply(200, { items: [{ id: 'a' }, null], has_more, next_cursor });
			if (ids.length > 1) {
				api()
					.get('/v1/transcriptions')
					.query({ limit: 200, cursor: 'c1' })
					.reply(200, { items: [{ id: 'b' }], has_more: 'false', next_cursor: 'c2' });
			}

			const output = await run('transcription', 'getMany', { returnAll: true });

			expect(output.map(({ json }) => json.id)).toEqual(ids);
		},
	);

	it.each([
		[1_795_348_711, '2026-11-22 11:58'],
		['1795348711', '2026-11-22 11:58'],
		[1_795_348_711_000, '2026-11-22 11:58'],
		['2026-11-22 11:58:31', '2026-11-22 11:58'],
		[null, '7'],
	])('labels a job that began at %j', async (created_at, label) => {
		const items = [{ id: 7, created_at, audio_duration_seconds: '61.5' }, { id: null }, null];
		api().get('/v1/transcriptions').query(true).reply(200, { items });

		const list = await listSearch({
			node: new Scriptivox(),
			credentials,
			method: 'searchTranscriptions',
		});

		expect(list.results).toEqual([{ name: `${label} · 1:02`, value: '7' }]);
	});

	it('names a job whose id came as a number', async () => {
		api().post('/v1/transcribe').reply(200, { id: 7, status: 'created' });

		expect(await jsonOf(run('transcription', 'transcribe', byUpload))).toMatchObject({ id: '7' });
	});

	it.each([null, undefined, '', [], {}, true])(
		'that names no job, but %j, says how to find it',
		async (id) => {
			api().post('/v1/transcribe').times(6).optionally().reply(200, { id, status: 'created' });

			const options = { idempotencyKey: 'none' };
			const error = await errorOf(run('transcription', 'transcribe', { ...byUpload, options }));

			expect(error.message).toContain('a reply without id');
		},
	);
});
