import type { IHttpRequestOptions } from 'n8n-workflow';

import { WhipscribeApi } from '../../../credentials/WhipscribeApi.credentials';
import { Whipscribe } from '../../../nodes/Whipscribe/Whipscribe.node';
import { WhipscribeTrigger } from '../../../nodes/Whipscribe/WhipscribeTrigger.node';
import { listSearch, optionsOf, parametersOf } from '../harness';
import { api, credentials, ID } from './support';

const namesOf = ({ description }: Whipscribe | WhipscribeTrigger) =>
	[...new Set(parametersOf(description.properties).map(([path]) => path))].sort();

describe('the Whipscribe node', () => {
	const { description } = new Whipscribe();
	const operationsOf = (resource: string) =>
		optionsOf(
			description.properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			)!,
		).map(({ value }) => value);

	it('has the names that workflows store', () => {
		expect(description.name).toBe('whipscribe');
		expect(description.credentials).toEqual([
			{ name: 'whipscribeApi', required: true, testedBy: 'whipscribeApiTest' },
		]);
		expect(operationsOf('account')).toEqual(['get']);
		expect([...operationsOf('job')].sort()).toEqual([
			'claim',
			'delete',
			'export',
			'get',
			'getAudioUrl',
			'getMany',
			'getTranscript',
			'transcribe',
			'wait',
		]);
	});

	it('has the parameters that workflows store', () => {
		expect(namesOf(new Whipscribe())).toEqual([
			'binaryPropertyName',
			'claimTokens',
			'diarize',
			'files',
			'format',
			'inputType',
			'jobId',
			'language',
			'limit',
			'operation',
			'options',
			'options.claimToken',
			'options.idempotencyKey',
			'options.maxParallel',
			'options.maxRetries',
			'options.pollIntervalSeconds',
			'options.processes',
			'options.requestsPerMinute',
			'options.source',
			'options.timeoutMinutes',
			'options.wordTimestamps',
			'resource',
			'returnAll',
			'simplify',
			'url',
			'wait',
		]);
	});

	it('marks the claim token as sensitive, under both of its names', () => {
		expect(description.sensitiveOutputFields).toEqual(['claimToken', 'claim_token']);
	});

	it('takes a claim token for every operation on one job', () => {
		const takers = description.properties
			.filter(({ name, options }) => {
				return name === 'options' && options!.some((option) => option.name === 'claimToken');
			})
			.flatMap(({ displayOptions }) => displayOptions!.show!.operation);

		expect(takers.sort()).toEqual([
			'delete',
			'export',
			'get',
			'getAudioUrl',
			'getTranscript',
			'wait',
		]);
	});
});

describe('the Whipscribe trigger', () => {
	it('has the names that workflows store', () => {
		const { description } = new WhipscribeTrigger();

		expect(description.name).toBe('whipscribeTrigger');
		expect(description.polling).toBe(true);
		expect(namesOf(new WhipscribeTrigger())).toEqual([
			'events',
			'options',
			'options.fetchTranscript',
			'options.files',
			'simplify',
		]);
	});
});

describe('the Whipscribe credential', () => {
	const credential = new WhipscribeApi();
	const headersFor = async (data: Record<string, string>) => {
		const request: IHttpRequestOptions = { url: '/me', headers: { 'X-Claim-Token': 'claim' } };
		return (await credential.authenticate(data, request)).headers;
	};

	it('has the names that are stored', () => {
		expect(credential.name).toBe('whipscribeApi');
		const fields = credential.properties.filter(({ type }) => type !== 'notice');
		expect(fields.map(({ name }) => name)).toEqual([
			'apiKey',
			'userEmail',
			'idToken',
			'guestToken',
			'baseUrl',
		]);
	});

	it('sends what is filled in, and leaves the request’s own headers', async () => {
		expect(await headersFor({ apiKey: ' key\n', idToken: 'token', guestToken: '' })).toEqual({
			'X-Claim-Token': 'claim',
			'X-API-Key': 'key',
			Authorization: 'Bearer token',
		});
	});
});

describe('the list of jobs to choose from', () => {
	const rows = [
		{ job_id: ID, status: 'done', filename: 'Interview.mp3', created_at: 1_795_348_800.5 },
		{ job_id: `${ID.slice(0, -1)}8`, status: 'queued', filename: null, created_at: null },
	];

	it.each([
		['', 2],
		['interview', 1],
		['nothing like it', 0],
	])('holds what goes with %j', async (filter, count) => {
		api().get('/api/v1/jobs').query({ limit: 100 }).reply(200, rows);

		const { results } = await listSearch({
			node: new Whipscribe(),
			credentials,
			method: 'searchJobs',
			filter,
		});

		expect(results).toHaveLength(count);
	});

	it('tells the jobs by file, time and how they stand', async () => {
		api().get('/api/v1/jobs').query(true).reply(200, { jobs: rows });

		const { results } = await listSearch({
			node: new Whipscribe(),
			credentials,
			method: 'searchJobs',
		});

		expect(results.map(({ name }) => name)).toEqual([
			'Interview.mp3 · 2026-11-22 12:00 · done',
			`${ID.slice(0, -1)}8 · queued`,
		]);
	});
});
