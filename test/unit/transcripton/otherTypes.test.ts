import { transcriptOf } from '../../../nodes/Transcripton/transcript';
import { Transcripton } from '../../../nodes/Transcripton/Transcripton.node';
import { errorOf, inText, listSearch, placesThatBreak } from '../harness';
import { api, chosen, credentials, DONE, ID, jsonOf, run, SIMPLIFIED } from './support';

const byUrl = { inputType: 'url', url: 'https://files.example/talk.mp3', wait: 'none' };

describe('a reply of Transcripton with other types than documented', () => {
	it('gives the same where numbers came as text', async () => {
		api().get(`/api/v1/jobs/${ID}`).reply(200, inText(DONE));

		expect(await jsonOf(run('job', 'get', chosen()))).toMatchObject(SIMPLIFIED);
	});

	it('names speakers that came as numbers, 0 as well', () => {
		const segments = [
			{ speaker: 0, start: '0.5', end: '1', text: 'a' },
			{ speaker: 1, start: ' 2 ', text: 8 },
		];
		const job = { ...DONE, transcription: { full_text: 42 }, diarization: { segments } };

		expect(transcriptOf(job)).toMatchObject({
			text: '42',
			speakers: ['0', '1'],
			segments: [
				{ speaker: '0', start: 0.5, end: 1 },
				{ speaker: '1', start: 2, end: null, text: '8' },
			],
		});
	});

	it('is a Transcript whatever is null, absent or of another type in it', () => {
		expect(placesThatBreak(DONE, transcriptOf)).toEqual([]);
	});

	it('ends its list where the counts came as text', async () => {
		const page = (number: string, jobs: object[]) => ({
			jobs,
			total: '21',
			page: number,
			limit: '20',
		});
		const twenty = Array.from({ length: 20 }, (_, index) => ({ id: index, status: 'done' }));
		api().get('/api/v1/jobs').query({ page: 1, limit: 20 }).reply(200, page('1', twenty));
		api()
			.get('/api/v1/jobs')
			.query({ page: 2, limit: 20 })
			.reply(200, page('2', [{ id: 20, status: 'done' }]));

		const output = await run('job', 'getMany', { returnAll: true });

		expect(output.map(({ json }) => json.id)).toEqual(
			Array.from({ length: 21 }, (_, i) => String(i)),
		);
	});

	it.each([1_795_348_800, '1795348800', 1_795_348_800_000, '2026-11-22 12:00:00'])(
		'labels a job that began at %j',
		async (created_at) => {
			const jobs = [{ id: 7, created_at, duration_sec: '61.5' }, { id: null }, null];
			api().get('/api/v1/jobs').query(true).reply(200, { jobs, total: '3', limit: '20' });

			const list = await listSearch({
				node: new Transcripton(),
				credentials,
				method: 'searchJobs',
			});

			expect(list.results).toEqual([{ name: '2026-11-22 12:00 · 1:02', value: '7' }]);
		},
	);

	it('finds the transcription of a job where its id came as a number', async () => {
		api()
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, { id: ID, status: 'done', transcription: { id: 7 } });
		api().get('/api/v1/transcriptions/7/translations').reply(200, []);

		const options = { waitUntilReady: false };
		expect(await run('translation', 'getMany', { ...chosen(), options })).toEqual([]);
	});

	it('names a job whose id came as a number', async () => {
		api().post('/api/v1/jobs/from-url').reply(200, { id: 7, status: 'queued' });

		expect(await jsonOf(run('job', 'transcribe', byUrl))).toMatchObject({ id: '7' });
	});

	it.each([null, undefined, '', [], {}])(
		'that names no job, but %j, says how to find it',
		async (id) => {
			api().post('/api/v1/jobs/from-url').reply(200, { id, status: 'queued' });

			const error = await errorOf(run('job', 'transcribe', byUrl));

			expect(error.message).toContain('a reply without id');
			expect(error.description).toContain('Get Many');
		},
	);
});
