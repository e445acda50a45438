import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { packNodes, parametersOf } from './harness';

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
