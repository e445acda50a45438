import { TranscriptonApi } from '../../../credentials/TranscriptonApi.credentials';
import { Transcripton } from '../../../nodes/Transcripton/Transcripton.node';
import { TranscriptonTrigger } from '../../../nodes/Transcripton/TranscriptonTrigger.node';
import { optionsOf, parametersOf } from '../harness';

describe('the Transcripton node', () => {
	const { description } = new Transcripton();
	const operationsOf = (resource: string) =>
		optionsOf(
			description.properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			)!,
		).map(({ value }) => value);
	const choicesOf = (name: string) =>
		optionsOf(description.properties.find((property) => property.name === name)!)
			.map(({ value }) => value)
			.sort();

	it('has the names that workflows store', () => {
		expect(description.name).toBe('transcripton');
		expect(description.version).toBe(1);
		expect(description.credentials).toEqual([{ name: 'transcriptonApi', required: true }]);
		expect(operationsOf('job')).toEqual([
			'delete',
			'export',
			'get',
			'getMany',
			'polish',
			'summarize',
			'transcribe',
			'wait',
		]);
		expect(operationsOf('translation')).toEqual(['create', 'getMany']);
		expect(operationsOf('webhook')).toEqual(['getDeliveries']);
	});

	it('has the parameters that workflows store', () => {
		const names = new Set(parametersOf(description.properties).map(([path]) => path));

		expect([...names].sort()).toEqual([
			'binaryPropertyName',
			'diarize',
			'files',
			'filters',
			'filters.status',
			'format',
			'idType',
			'inputType',
			'jobId',
			'language',
			'limit',
			'operation',
			'options',
			'options.maxParallel',
			'options.maxRetries',
			'options.pollIntervalSeconds',
			'options.processes',
			'options.requestsPerMinute',
			'options.timeoutMinutes',
			'options.waitUntilReady',
			'resource',
			'returnAll',
			'simplify',
			'targetLanguage',
			'transcriptionId',
			'url',
			'wait',
		]);
	});

	it('has the choices that workflows store', () => {
		expect(choicesOf('inputType')).toEqual(['binaryFile', 'url']);
		expect(choicesOf('format')).toEqual(['docx', 'json', 'md', 'pdf', 'srt', 'txt', 'vtt']);
		expect(choicesOf('wait')).toEqual(['none', 'poll']);
		expect(choicesOf('idType')).toEqual(['jobId', 'transcriptionId']);
	});
});

describe('the Transcripton trigger', () => {
	const { description } = new TranscriptonTrigger();

	it('has the names that workflows store', () => {
		expect(description.name).toBe('transcriptonTrigger');
		expect(description.webhooks).toMatchObject([{ httpMethod: 'POST', path: 'webhook' }]);
		expect(parametersOf(description.properties).map(([path]) => path)).toEqual([
			'setupNotice',
			'events',
			'simplify',
			'options',
			'options.exportFormat',
			'options.fetchTranscript',
			'options.files',
			'options.toleranceSeconds',
		]);
	});
});

describe('the Transcripton credential', () => {
	const { name, properties: all } = new TranscriptonApi();
	const properties = all.filter(({ type }) => type !== 'notice');

	it('has the names that workflows store, and hides what is secret', () => {
		expect(name).toBe('transcriptonApi');
		expect(properties.map((property) => property.name)).toEqual([
			'apiKey',
			'webhookSecret',
			'previousWebhookSecret',
			'baseUrl',
		]);
		for (const secret of properties.slice(0, 3)) {
			expect(secret.typeOptions).toEqual({ password: true });
		}
		expect(properties[3]!.default).toBe('https://api.transcription.solutions/api/v1');
	});
});
