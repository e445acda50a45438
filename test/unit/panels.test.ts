import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { packCredentialTypes, packNodes, parametersOf } from './harness';

const nodes = packNodes().map(({ description }) => description);
const named = nodes.map((node) => [node.displayName, node] as const);
const transcribing = named.filter(([, node]) => fieldsOf(node, 'transcribe').length > 0);

/** The fields of one operation, in the order in which its panel shows them. */
function fieldsOf({ properties }: INodeTypeDescription, operation: string): INodeProperties[] {
	return properties.filter(({ displayOptions }) =>
		displayOptions?.show?.operation?.includes(operation),
	);
}

const namesOf = (properties: INodeProperties[]) => properties.map(({ name }) => name);

/** What each `Options` collection of a node offers, in its order. */
function collectionsOf({ properties }: INodeTypeDescription): string[][] {
	const collections = properties.filter(
		({ name, type }) => name === 'options' && type === 'collection',
	);
	return collections.map(({ options }) => namesOf(options as INodeProperties[]));
}

/** Options that few people touch, in the order in which one comes to need them. */
const LAST = [
	'timeoutMinutes',
	'pollIntervalSeconds',
	'maxParallel',
	'requestsPerMinute',
	'processes',
	'maxRetries',
	'idempotencyKey',
];

describe('transcribing', () => {
	it('is what three nodes do', () => {
		expect(transcribing.map(([name]) => name)).toEqual([
			'Scriptivox',
			'Transcripton',
			'Whipscribe',
		]);
	});

	it.each(transcribing)('shows in the open what most people want: %s', (_name, node) => {
		const inTheOpen = namesOf(fieldsOf(node, 'transcribe'));
		const wanted = [
			'inputType',
			'binaryPropertyName',
			'url',
			'language',
			'diarize',
			'wait',
			'files',
		];

		expect(inTheOpen.filter((name) => wanted.includes(name))).toEqual(wanted);
		expect(inTheOpen.slice(-2)).toEqual(['simplify', 'options']);
	});

	it.each(transcribing)('has these among the options no more: %s', (_name, node) => {
		const [, options] = parametersOf(fieldsOf(node, 'transcribe')).find(
			([path]) => path === 'options',
		)!;

		for (const name of ['language', 'diarize', 'files']) {
			expect(namesOf(options.options as INodeProperties[])).not.toContain(name);
		}
	});
});

describe('the options', () => {
	it.each(named)('begin with what an operation alone has: %s', (_name, node) => {
		for (const offered of collectionsOf(node)) {
			const shared = offered.filter((name) => LAST.includes(name));

			expect(shared).toEqual(LAST.filter((name) => offered.includes(name)));
			expect(offered.slice(offered.length - shared.length)).toEqual(shared);
		}
	});
});

describe('a name', () => {
	it.each([
		['language', 'Language'],
		['diarize', 'Identify Speakers'],
		['files', 'Files'],
		['align', 'Word Timestamps'],
		['wordTimestamps', 'Word Timestamps'],
	])('that workflows store is called the same by every transcribing node: %s', (stored, label) => {
		const labels = transcribing.flatMap(([, node]) =>
			parametersOf(fieldsOf(node, 'transcribe'))
				.filter(([path]) => path.split('.').pop() === stored)
				.map(([, { displayName }]) => displayName),
		);

		expect([...new Set(labels)]).toEqual([label]);
	});
});

describe('a text that several nodes share', () => {
	it.each([
		// Transcripton's starts use all of the documented limit, and some providers document none
		[
			'requestsPerMinute',
			/Without this option each endpoint has its own limit, within any that the provider documents\.$/,
		],
		// MediaScribe charges nothing, and a start that may have arrived is not repeated there either
		['maxRetries', /What might be done twice is never repeated\.$/],
		// with Wait and in triggers nobody may know the recording
		[
			'files',
			/^Files to fetch with the transcript, named after the recording or its job\. Each comes in the binary field of its format, such as "srt"\.$/,
		],
	])('is true of each of them: %s', (stored, text) => {
		const fields = named
			.flatMap(([, { properties }]) => parametersOf(properties))
			.filter(([path]) => path.split('.').pop() === stored);

		expect(fields.length).toBeGreaterThan(0);
		for (const [, { description }] of fields) expect(description).toMatch(text);
	});
});

/** Every text that a person types in, of the nodes and credentials. */
const typed = [...named, ...packCredentialTypes().map((type) => [type.displayName, type] as const)]
	.map(([name, { properties }]) => [name, parametersOf(properties)] as const)
	.map(([name, all]) => [name, all.filter(([, { type }]) => type === 'string')] as const)
	.filter(([, fields]) => fields.length > 0);

describe('a field to type in', () => {
	it.each(typed)('shows an example, as n8n writes them: %s', (_name, fields) => {
		// how their secrets look, two vendors do not say
		const unknown = ([, { typeOptions, placeholder }]: (typeof fields)[number]) =>
			typeOptions?.password && placeholder === undefined;

		for (const [, { placeholder }] of fields.filter((field) => !unknown(field))) {
			expect(placeholder).toMatch(/^e\.g\. \S/);
		}
	});

	it.each(named)('for the name of a binary field has a hint: %s', (_name, node) => {
		for (const [path, field] of parametersOf(node.properties)) {
			if (path.endsWith('binaryPropertyName')) expect(field.hint).toBeTruthy();
		}
	});
});

/** Every text that a panel shows beside a field: of it, of its choices, and of what it holds. */
function textsOf({
	type,
	displayName,
	description,
	hint,
	options = [],
}: INodeProperties): string[] {
	const notice = type === 'notice' ? displayName.replace(/<[^>]*>/g, '') : undefined;
	const within = (options as INodeProperties[]).flatMap((option) => textsOf(option));
	return [notice, description, hint, ...within].filter((text) => text !== undefined);
}

const MOST_WORDS = 24;
const MOST_SENTENCES = 4;

describe('the texts of a panel', () => {
	it.each([...named, ...packCredentialTypes().map((type) => [type.displayName, type] as const)])(
		'are short sentences: %s',
		(_name, { properties }) => {
			for (const text of properties.flatMap(textsOf)) {
				const sentences = text.split(/[.:;!?]\s+/);

				expect(sentences.filter((each) => each.split(/\s+/).length > MOST_WORDS)).toEqual([]);
				expect(text.split(/[.!?]\s+/).length).toBeLessThanOrEqual(MOST_SENTENCES);
			}
		},
	);
});

describe('the panel of the Dropbox Upload Trigger', () => {
	const { properties, webhooks } = nodes.find(({ name }) => name === 'dropboxUploadTrigger')!;
	const isShown = (field: INodeProperties, values: INodeParameters) =>
		NodeHelpers.displayParameter(values, field, null, null);
	const shown = (values: INodeParameters) =>
		properties.filter((field) => isShown(field, values)).map(({ name }) => name);

	it('polls by default, which works behind any firewall', () => {
		expect(properties.find(({ name }) => name === 'receive')!.default).toBe('polling');
	});

	it('shows no field that has no effect', () => {
		expect(shown({ receive: 'polling', download: 'binary' })).not.toContain('setupNotice');
		expect(shown({ receive: 'webhook', download: 'binary' })).toContain('setupNotice');
		expect(shown({ receive: 'polling', download: 'none' })).not.toContain('binaryPropertyName');
		expect(shown({ receive: 'polling', download: 'temporaryLink' })).not.toContain(
			'binaryPropertyName',
		);
	});

	it('shows an address to copy only where somebody answers at it', () => {
		expect(webhooks).toMatchObject([{ ndvHideUrl: '={{ $parameter["receive"] === "polling" }}' }]);
	});
});
