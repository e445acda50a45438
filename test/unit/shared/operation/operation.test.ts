import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { apiError, inputError } from '../../../../nodes/shared/core/errors';
import { optionsOf } from '../../../../nodes/shared/core/settings';
import { propertiesOf, runOperation } from '../../../../nodes/shared/operation/operation';
import type { Operation } from '../../../../nodes/shared/operation/operation';
import { errorOf, everythingSaidBy, runNode } from '../../harness';
import { probe } from '../probe';

const items = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));
const turns = async (count: number) => {
	for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

/** Gives each item's number back, the later items sooner. */
const laterSooner = probe(async (context, itemIndex) => {
	await turns(20 - itemIndex * 2);
	return [{ json: { n: context.getInputData()[itemIndex]!.json.n } }];
});

describe('the loop over items', () => {
	it('gives the results in the order of the input, whichever is ready first', async () => {
		const output = await runNode({ ...laterSooner, items: items(10) });

		expect(output.map(({ json }) => json.n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	it('says of each result which item it came from', async () => {
		const twice = probe(async () => [{ json: { a: 1 } }, { json: { a: 2 } }]);

		const output = await runNode({ ...twice, items: items(2) });

		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	it('makes nothing of no items', async () => {
		expect(await runNode({ ...laterSooner, items: [] })).toEqual([]);
	});

	it.each([
		[undefined, 10],
		[1, 1],
		[3, 3],
	])('with Max Parallel %p works on %d items at a time', async (maxParallel, expected) => {
		let underWay = 0;
		let most = 0;
		const counting = probe(async () => {
			most = Math.max(most, ++underWay);
			await turns(3);
			underWay--;
			return [];
		});

		await runNode({
			...counting,
			parameters: { options: maxParallel === undefined ? {} : { maxParallel } },
			items: items(25),
		});

		expect(most).toBe(expected);
	});

	it('works out the options of each item once, however often they are read', async () => {
		const reading = probe(async (context, itemIndex) => {
			const worksOut = jest.spyOn(context, 'getNodeParameter');
			const before = worksOut.mock.calls.length;
			const read = [optionsOf(context, itemIndex), optionsOf(context, itemIndex)];
			const times = worksOut.mock.calls.length - before;
			return [{ json: { read: read.map(({ maxRetries }) => maxRetries), times } }];
		});

		const options = { maxRetries: '={{ $json.n }}', maxParallel: 1 };
		const output = await runNode({ ...reading, parameters: { options }, items: items(3) });

		// those of the first item have been read for Max Parallel
		expect(output.map(({ json }) => json)).toEqual([
			{ read: [0, 0], times: 0 },
			{ read: [1, 1], times: 1 },
			{ read: [2, 2], times: 1 },
		]);
	});

	it.each([0, 101, 1.5, 'many'])('refuses %p as Max Parallel', async (maxParallel) => {
		const run = runNode({ ...laterSooner, parameters: { options: { maxParallel } } });

		await expect(run).rejects.toThrow('Max Parallel must be a whole number from 1 to 100');
	});

	it('throws the error of the first item that went wrong, once those under way have ended', async () => {
		const ended: number[] = [];
		const failing = probe(async (context, itemIndex) => {
			await turns(itemIndex === 1 ? 6 : 3);
			ended.push(itemIndex);
			if (itemIndex > 0) throw inputError(context.getNode(), `No. ${itemIndex}`, { itemIndex });
			return [];
		});

		const error = await errorOf(
			runNode({ ...failing, items: items(9), parameters: { options: { maxParallel: 3 } } }),
		);

		expect(error.message).toContain('No. 1');
		expect(ended).toContain(1);
	});

	it('takes up no new item after one went wrong', async () => {
		const begun: number[] = [];
		const failing = probe(async (context, itemIndex) => {
			begun.push(itemIndex);
			throw inputError(context.getNode(), 'Wrong', { itemIndex });
		});

		await errorOf(
			runNode({ ...failing, items: items(9), parameters: { options: { maxParallel: 2 } } }),
		);

		expect(begun).toEqual([0, 1]);
	});

	it('takes up no new item after the execution was stopped', async () => {
		const stop = new AbortController();
		const begun: number[] = [];
		const stopping = probe(async (_context, itemIndex) => {
			begun.push(itemIndex);
			stop.abort(new Error('stopped'));
			return [];
		});

		const run = runNode({
			...stopping,
			items: items(5),
			parameters: { options: { maxParallel: 1 } },
			signal: stop.signal,
		});

		await expect(run).rejects.toThrow('stopped');
		expect(begun).toEqual([0]);
	});

	it('puts an error item in place where the node is set to continue', async () => {
		const oddOnesFail = probe(async (context, itemIndex) => {
			if (itemIndex % 2 === 0) return [{ json: { n: itemIndex } }];
			throw apiError(context.getNode(), {
				message: 'No money',
				description: 'Add funds.',
				code: 'NO_FUNDS',
				httpStatus: 402,
				itemIndex,
			});
		});

		const output = await runNode({ ...oddOnesFail, items: items(3), continueOnFail: true });

		expect(output.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual([
			{ json: { n: 0 }, pairedItem: { item: 0 } },
			{
				json: {
					error: 'No money [item 1]',
					details: { code: 'NO_FUNDS', httpStatus: 402, description: 'Add funds.' },
				},
				pairedItem: { item: 1 },
			},
			{ json: { n: 2 }, pairedItem: { item: 2 } },
		]);
		// n8n would keep nothing but the message
		expect(output[1]!.error).toBeUndefined();
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'marks an error item as one only for the error output, unseen by what follows (%s)',
		async (onError) => {
			const broken = probe(async () => {
				throw new TypeError('x is not a function');
			});

			const [item] = await runNode({ ...broken, onError });

			// up to n8n 2.32 the mark is what leads to the error output
			expect(item!.error !== undefined).toBe(onError === 'continueErrorOutput');
			expect({ ...item }).not.toHaveProperty('error');
			expect(item!.json).toMatchObject({ error: 'x is not a function' });
		},
	);

	it('makes an error item of whatever is thrown', async () => {
		const broken = probe(async () => {
			throw new TypeError('x is not a function');
		});

		const [item] = await runNode({ ...broken, continueOnFail: true });

		expect(item!.json).toEqual({
			error: 'x is not a function',
			details: { code: null, httpStatus: null, description: null },
		});
		expect(item!.pairedItem).toEqual({ item: 0 });
	});

	it('puts no stack into an error item’s data', async () => {
		const broken = probe(async () => {
			throw new TypeError('x is not a function');
		});

		const [item] = await runNode({ ...broken, continueOnFail: true });

		expect(JSON.stringify(item!.json)).not.toMatch(/\bat .*\.ts/);
	});

	it('says so when the chosen operation does not exist', async () => {
		const run = runNode({ ...laterSooner, parameters: { operation: 'undo' } });

		const error = await errorOf(run);

		expect(error.message).toBe('There is no operation "undo" for the resource "thing"');
		expect(everythingSaidBy(error)).toContain('Choose a resource and an operation');
	});
});

describe('the properties made of resources', () => {
	const field = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
		...more,
	});
	const operation = (value: string, fields: INodeProperties[] = []): Operation => ({
		value,
		name: value.toUpperCase(),
		action: `Do ${value}`,
		description: `Does ${value}`,
		fields,
		run: async () => [],
	});
	const resources = [
		{
			value: 'zebra',
			name: 'Zebra',
			operations: [
				operation('walk', [field('speed', { displayOptions: { show: { gait: ['fast'] } } })]),
				operation('eat', [field('grass', { displayOptions: { hide: { season: ['winter'] } } })]),
			],
		},
		{ value: 'ant', name: 'Ant', operations: [operation('carry')] },
	];
	const [resourcePicker, zebraPicker, antPicker, speed, grass] = propertiesOf(resources);

	it('begin with a picker of resources, by name, that shows the first given one', () => {
		expect(resourcePicker).toMatchObject({
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: 'zebra',
			options: [
				{ name: 'Ant', value: 'ant' },
				{ name: 'Zebra', value: 'zebra' },
			],
		});
	});

	it('have a picker of operations for each resource', () => {
		expect(zebraPicker).toMatchObject({
			name: 'operation',
			displayOptions: { show: { resource: ['zebra'] } },
			default: 'walk',
			options: [
				{ name: 'EAT', value: 'eat', action: 'Do eat', description: 'Does eat' },
				{ name: 'WALK', value: 'walk', action: 'Do walk', description: 'Does walk' },
			],
		});
		expect(antPicker).toMatchObject({ displayOptions: { show: { resource: ['ant'] } } });
	});

	it('show each field where it applies, under its own conditions too', () => {
		expect(speed!.displayOptions).toEqual({
			show: { resource: ['zebra'], operation: ['walk'], gait: ['fast'] },
		});
		expect(grass!.displayOptions).toEqual({
			show: { resource: ['zebra'], operation: ['eat'] },
			hide: { season: ['winter'] },
		});
	});

	it('leave the given fields as they were', () => {
		expect(resources[0]!.operations[0]!.fields[0]!.displayOptions).toEqual({
			show: { gait: ['fast'] },
		});
	});

	it('are needed to run at all: a node without resources says so', async () => {
		const empty = { ...laterSooner.node, execute: runNothing };
		function runNothing(this: IExecuteFunctions) {
			return runOperation(this, []);
		}

		const run = runNode({ ...laterSooner, node: empty });

		await expect(run).rejects.toThrow('There is no operation');
	});
});
