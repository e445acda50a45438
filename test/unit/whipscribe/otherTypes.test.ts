import type { IDataObject } from 'n8n-workflow';

import { progressOf, transcriptOf } from '../../../nodes/Whipscribe/transcript';
import { Whipscribe } from '../../../nodes/Whipscribe/Whipscribe.node';
import { WhipscribeTrigger } from '../../../nodes/Whipscribe/WhipscribeTrigger.node';
import { errorOf, inText, listSearch, placesThatBreak, pollNode } from '../harness';
import { api, chosen, credentials, DONE, ID, jsonOf, RESULT, run, SIMPLIFIED } from './support';

const byUrl = { inputType: 'url', url: 'https://files.example/talk.mp3', wait: 'none' };
const BEGAN = 1_795_348_800;

describe('a reply of Whipscribe with other types than documented', () => {
	it('gives the same where numbers, true and false came as text', async () => {
		api().get(`/api/v1/jobs/${ID}`).reply(200, inText(DONE));
		api().get(`/api/v1/jobs/${ID}/result`).query({ format: 'json' }).reply(200, inText(RESULT));

		expect(await jsonOf(run('job', 'wait', chosen()))).toMatchObject(SIMPLIFIED);
	});

	it('names speakers that came as numbers, 0 as well', () => {
		const segments = [
			{ speaker: 0, start: '0.5', text: 'a' },
			{ speaker: 1, start: ' 2 ', text: 'b' },
		];

		expect(transcriptOf({ job: DONE, result: { text: 42, segments } })).toMatchObject({
			text: '42',
			speakers: ['0', '1'],
			segments: [
				{ speaker: '0', start: 0.5 },
				{ speaker: '1', start: 2 },
			],
		});
	});

	it('is a Transcript whatever is null, absent or of another type in it', () => {
		expect(placesThatBreak(DONE, (job) => transcriptOf({ job, result: RESULT }))).toEqual([]);
		expect(placesThatBreak(RESULT, (result) => transcriptOf({ job: DONE, result }))).toEqual([]);
	});

	it.each([
		['false', false],
		['true', true],
		[0, false],
		[1, true],
		[null, null],
		['maybe', null],
	])('tells whether there is speech where it says %j', (speech_detected, speechDetected) => {
		const job = { ...DONE, speech_detected };

		expect(transcriptOf({ job })).toMatchObject({ speechDetected });
	});

	it.each([
		['0.5', 0.5],
		['50', 0.5],
		[' 1 ', 1],
		['100', 1],
		[null, null],
		['half', null],
	])('tells how far a job is where it says %j', (progress, part) => {
		expect(progressOf({ progress })).toBe(part);
	});

	it.each([
		BEGAN,
		String(BEGAN),
		BEGAN * 1000,
		new Date(BEGAN * 1000).toISOString(),
		'2026-11-22 12:00:00',
	])('labels a job that began at %j', async (created_at) => {
		const jobs = [{ job_id: 7, status: 'done', created_at }, { job_id: null }, null];
		api().get('/api/v1/jobs').query(true).reply(200, jobs);

		const list = await listSearch({ node: new Whipscribe(), credentials, method: 'searchJobs' });

		expect(list.results).toEqual([{ name: '2026-11-22 12:00 · done', value: '7' }]);
	});

	it('emits a job once where ids are numbers and times are text', async () => {
		const staticData: IDataObject = {};
		const looks: unknown[] = [];
		const row = (job_id: number, status: string, created_at: unknown) => ({
			job_id,
			status,
			created_at,
		});
		const old = row(1, 'done', '2026-11-22T12:00:00Z');
		const young = row(2, 'done', '2026-11-22T12:00:01Z');
		for (const rows of [[old], [young, old], [young, old]]) {
			api().get('/api/v1/jobs').query({ limit: 100 }).reply(200, rows);
			const node = new WhipscribeTrigger();
			const items = await pollNode({
				node,
				credentials,
				staticData,
				credentialId: 'c',
				parameters: {},
			});
			looks.push(items?.map(({ json }) => json.id) ?? null);
		}

		expect(looks).toEqual([null, ['2'], null]);
	});

	it('names a job whose id came as a number', async () => {
		api().post('/api/v1/transcribe/url').reply(202, { job_id: 7, status: 'queued' });

		expect(await jsonOf(run('job', 'transcribe', byUrl))).toMatchObject({ id: '7' });
	});

	it.each([null, undefined, '', [], {}])(
		'that names no job, but %j, says how to find it',
		async (job_id) => {
			api().post('/api/v1/transcribe/url').reply(202, { job_id, status: 'queued' });

			const options = { idempotencyKey: 'none' };
			const error = await errorOf(run('job', 'transcribe', { ...byUrl, options }));

			expect(error.message).toContain('a reply without job_id');
			expect(error.description).toContain('Get Many');
		},
	);

	it.each([null, '', {}])('that has no address of the recording, but %j, says so', async (url) => {
		api().get(`/api/v1/jobs/${ID}/audio/url`).reply(200, { url, storage: 'disk' });

		const error = await errorOf(run('job', 'getAudioUrl', chosen()));

		expect(error.message).toContain('a reply without url');
	});
});
