import { ScripeApi } from '../../../credentials/ScripeApi.credentials';
import { Scripe } from '../../../nodes/Scripe/Scripe.node';
import { ScripeTrigger } from '../../../nodes/Scripe/ScripeTrigger.node';
import { optionsOf, parametersOf } from '../harness';

describe('the Scripe node', () => {
	const { description } = new Scripe();
	const parameters = parametersOf(description.properties);

	it('has the names that workflows store', () => {
		expect(description.name).toBe('scripe');
		expect(description.credentials).toEqual([{ name: 'scripeApi', required: true }]);
		const operations = description.properties
			.filter(({ name }) => name === 'operation')
			.map((property) => [
				property.displayOptions?.show?.resource?.[0],
				optionsOf(property).map(({ value }) => value),
			]);
		expect(Object.fromEntries(operations)).toEqual({
			source: ['create', 'get'],
			upload: ['create'],
			job: ['cancel', 'get', 'getMany', 'wait'],
			post: ['create', 'generate', 'getMany'],
			note: ['getMany'],
			project: ['get', 'getMany'],
			workspace: ['get'],
		});
	});

	it('has the parameters that workflows store', () => {
		expect([...new Set(parameters.map(([path]) => path))].sort()).toEqual([
			'binaryPropertyName',
			'content',
			'filters',
			'filters.dateFrom',
			'filters.dateTo',
			'filters.folderId',
			'filters.status',
			'filters.type',
			'inputType',
			'jobId',
			'limit',
			'name',
			'operation',
			'options',
			'options.contentType',
			'options.idempotencyKey',
			'options.language',
			'options.maxParallel',
			'options.maxRetries',
			'options.pollIntervalSeconds',
			'options.processes',
			'options.requestsPerMinute',
			'options.scheduledFor',
			'options.timeoutMinutes',
			'options.title',
			'projectId',
			'resource',
			'returnAll',
			'simplify',
			'sourceId',
			'text',
			'uploadId',
			'wait',
		]);
	});

	it('has the choices that workflows store', () => {
		const inputType = description.properties.find(({ name }) => name === 'inputType')!;

		expect(optionsOf(inputType).map(({ value }) => value)).toEqual([
			'binaryFile',
			'text',
			'uploadId',
		]);
	});

	it('says of its files all that Scripe takes', () => {
		const fields = parameters.filter(([path]) => path === 'binaryPropertyName');

		// Source: Create and Upload: Create
		expect(fields).toHaveLength(2);
		for (const [, field] of fields) {
			expect(field).toMatchObject({
				hint: 'The name of the input field containing the file',
				description:
					'The binary field of the item that holds the file. Scripe takes audio, video, images, PDF, Word and other Office documents, and plain text.',
			});
		}
	});

	it('says of Wait what comes of the operation, and where to collect it', () => {
		const words = (value: string) => [
			`Whether to go on at once or with the ${value}`,
			`Go on once the job is started. Collect the ${value} with a trigger or with Job: Wait.`,
			`Go on once the ${value} is there`,
		];
		const fields = parameters.filter(([path]) => path === 'wait').map(([, field]) => field);

		expect(
			fields.map((field) => [
				field.description,
				...optionsOf(field).map(({ description }) => description),
			]),
		).toEqual([words('source'), words('post')]);
	});

	it('names all that sources are made from', () => {
		expect([description.description, new ScripeTrigger().description.description]).toEqual([
			'Turn recordings, documents and texts into sources and LinkedIn posts with Scripe',
			'Turn recordings, documents and texts into LinkedIn posts with Scripe, or start a workflow when a job ends',
		]);
	});

	it('has a list method for each locator', () => {
		const { methods } = new Scripe();
		for (const [, { type, modes }] of parameters) {
			if (type !== 'resourceLocator') continue;
			const list = modes!.find(({ name }) => name === 'list')!;
			expect(methods.listSearch).toHaveProperty(list.typeOptions!.searchListMethod!);
		}
	});
});

describe('the Scripe trigger', () => {
	const { description } = new ScripeTrigger();

	it('has the names that workflows store', () => {
		expect(description.name).toBe('scripeTrigger');
		expect(description.polling).toBe(true);
		expect(parametersOf(description.properties).map(([path]) => path)).toEqual([
			'events',
			'simplify',
			'options',
			'options.fetchTranscript',
			'options.types',
		]);
		expect(optionsOf(description.properties[0]!).map(({ value }) => value)).toEqual([
			'cancelled',
			'done',
			'failed',
		]);
	});
});

describe('the Scripe credential', () => {
	const { name, properties: all } = new ScripeApi();
	const properties = all.filter(({ type }) => type !== 'notice');

	it('has the names that workflows store, and the vendor’s values', () => {
		expect(name).toBe('scripeApi');
		expect(properties.map((property) => [property.name, property.default])).toEqual([
			['apiKey', ''],
			['apiVersion', '2026-08-01'],
			['baseUrl', 'https://api.scripe.io/v1'],
		]);
		expect(properties[0]).toMatchObject({ typeOptions: { password: true } });
	});
});
