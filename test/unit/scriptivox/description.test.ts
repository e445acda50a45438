import { optionsOf, parametersOf } from '../harness';
import { ScriptivoxApi } from '../../../credentials/ScriptivoxApi.credentials';
import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import { ScriptivoxTrigger } from '../../../nodes/Scriptivox/ScriptivoxTrigger.node';

describe('the Scriptivox node', () => {
	const { description } = new Scriptivox();
	const operationsOf = (resource: string) =>
		optionsOf(
			description.properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			)!,
		);

	it('has the names that workflows store', () => {
		expect(description.name).toBe('scriptivox');
		expect(description.version).toEqual([1, 1.1]);
		expect(description.credentials).toEqual([{ name: 'scriptivoxApi', required: true }]);
		const [resource] = description.properties;
		expect(optionsOf(resource!).map(({ value }) => value)).toEqual([
			'account',
			'file',
			'transcription',
		]);
		expect(operationsOf('transcription').map(({ value }) => value)).toEqual([
			'cancel',
			'delete',
			'export',
			'get',
			'getMany',
			'transcribe',
			'wait',
		]);
		expect(operationsOf('file').map(({ value }) => value)).toEqual(['upload']);
		expect(operationsOf('account').map(({ value }) => value)).toEqual(['getBalance']);
	});

	it('has the parameters that workflows store', () => {
		const names = new Set(parametersOf(description.properties).map(([path]) => path));

		expect([...names].sort()).toEqual([
			'binaryPropertyName',
			'diarize',
			'files',
			'filters',
			'filters.from',
			'filters.order',
			'filters.status',
			'filters.to',
			'format',
			'inputType',
			'language',
			'limit',
			'operation',
			'options',
			'options.align',
			'options.idempotencyKey',
			'options.includeSpeakers',
			'options.includeTimestamps',
			'options.maxChars',
			'options.maxDuration',
			'options.maxParallel',
			'options.maxRetries',
			'options.maxWords',
			'options.pollIntervalSeconds',
			'options.processes',
			'options.requestsPerMinute',
			'options.sentenceAware',
			'options.speakerCount',
			'options.stripChars',
			'options.timeoutMinutes',
			'options.webhookUrl',
			'resource',
			'returnAll',
			'simplify',
			'transcriptionId',
			'uploadId',
			'url',
			'wait',
		]);
	});

	it('has the choices that workflows store', () => {
		const valuesOf = (name: string) =>
			optionsOf(description.properties.find((property) => property.name === name)!)
				.map(({ value }) => value)
				.sort();

		expect(valuesOf('inputType')).toEqual(['binaryFile', 'uploadId', 'url']);
		expect(valuesOf('format')).toEqual(['srt', 'txt', 'vtt']);
		expect(valuesOf('wait')).toEqual(expect.arrayContaining(['none', 'poll']));
	});

	it('says in the node panel what each operation does', () => {
		for (const resource of ['account', 'file', 'transcription']) {
			for (const { action, description: text, name } of operationsOf(resource)) {
				expect(action).toMatch(/^[A-Z][^A-Z]*$/);
				expect(text).toBeTruthy();
				expect(name).toMatch(/^[A-Z]/);
			}
		}
	});

	it('knows the 119 languages of Scriptivox', () => {
		const language = description.properties.find(({ name }) => name === 'language')!;
		const [detected, ...codes] = optionsOf(language).map(({ value }) => value);

		expect(detected).toBe(language.default);
		expect(codes).toHaveLength(119);
		expect(codes).toEqual(expect.arrayContaining(['en', 'jw', 'yue', 'ckb', 'umb', 'zu']));
	});

	it('shows each field for its operations alone', () => {
		for (const property of description.properties) {
			if (['resource', 'operation'].includes(property.name)) continue;
			expect(property.displayOptions?.show?.resource).toHaveLength(1);
			expect(property.displayOptions?.show?.operation).toHaveLength(1);
		}
	});

	it('has a list method for each locator', () => {
		const { methods } = new Scriptivox();
		for (const [, { type, modes }] of parametersOf(description.properties)) {
			if (type !== 'resourceLocator') continue;
			const list = modes!.find(({ name }) => name === 'list')!;
			expect(methods.listSearch).toHaveProperty(list.typeOptions!.searchListMethod!);
		}
	});
});

describe('the Scriptivox trigger', () => {
	const { description } = new ScriptivoxTrigger();

	it('has the names that workflows store', () => {
		expect(description.name).toBe('scriptivoxTrigger');
		expect(description.webhooks).toMatchObject([{ httpMethod: 'POST', path: 'webhook' }]);
		expect(parametersOf(description.properties).map(([path]) => path)).toEqual(
			expect.arrayContaining([
				'events',
				'options.toleranceSeconds',
				'options.fetchTranscript',
				'options.files',
			]),
		);
	});

	it('starts with the ends of a job, good and bad', () => {
		const events = description.properties.find(({ name }) => name === 'events')!;

		expect(events.default).toEqual(['transcription.completed', 'transcription.failed']);
	});
});

describe('the Scriptivox credential', () => {
	const credential = new ScriptivoxApi();
	const fields = credential.properties.filter(({ type }) => type !== 'notice');

	it('has the names that workflows store', () => {
		expect(credential.name).toBe('scriptivoxApi');
		expect(fields.map(({ name }) => name)).toEqual(['apiKey', 'previousApiKey', 'baseUrl']);
	});

	it('hides the keys as they are typed', () => {
		for (const key of fields.slice(0, 2)) {
			expect(key).toMatchObject({ typeOptions: { password: true } });
		}
	});

	it('points at the vendor', () => {
		expect(fields[2]!.default).toBe('https://api.scriptivox.com/v1');
	});
});
