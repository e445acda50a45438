import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { inputError } from '../../../../nodes/shared/core/errors';
import { propertiesOf, runOperation } from '../../../../nodes/shared/operation/operation';
import type { Operation } from '../../../../nodes/shared/operation/operation';
import { LONGEST_FOR_A_MODEL } from '../../../../nodes/shared/operation/toolOutput';
import { runNode } from '../../harness';
import type { Run } from '../../harness';

const face = (value: string) => ({
	value,
	name: value,
	action: `Do ${value}`,
	description: `Does ${value}`,
	fields: [
		{
			displayName: 'Mark',
			name: 'mark',
			type: 'string' as const,
			default: '',
			displayOptions: { hide: { other: [true] } },
		},
	],
});

const itself: Operation = {
	...face('itself'),
	run: async (context, itemIndex) => [{ json: context.getInputData()[itemIndex]!.json }],
};

/** Runs a node without resources whose second operation does this with all items. */
async function runAll(
	work: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>,
	{ isTool = false, ...run }: Partial<Run> & { isTool?: boolean } = {},
): Promise<INodeExecutionData[]> {
	const operations: Operation[] = [itself, { ...face('all'), runAll: work }];
	const node = {
		description: {
			displayName: 'Flat',
			name: isTool ? 'flatTool' : 'flat',
			group: ['transform'],
			version: 1,
			description: 'Has no resources',
			defaults: { name: 'Flat' },
			inputs: ['main'],
			outputs: ['main'],
			properties: propertiesOf(operations),
		},
		async execute(this: IExecuteFunctions) {
			return await runOperation(this, operations);
		},
	} as INodeType;
	const items = [{ json: { n: 1 } }, { json: { n: 2 } }];
	return await runNode({ node, items, parameters: { operation: 'all' }, ...run });
}

const sum = async (context: IExecuteFunctions) => {
	const numbers = context.getInputData().map(({ json }) => Number(json.n));
	return [{ json: { sum: numbers.reduce((a, b) => a + b, 0) } }];
};

describe('a node without resources', () => {
	it('has a picker of operations, and fields that show for one of them', () => {
		const [picker, field] = propertiesOf([itself]);

		expect(picker).toMatchObject({ name: 'operation', default: 'itself' });
		expect(picker).not.toHaveProperty('displayOptions');
		expect(field!.displayOptions).toEqual({
			show: { operation: ['itself'] },
			hide: { other: [true] },
		});
	});

	it('runs the chosen operation over the items', async () => {
		const output = await runAll(sum, { parameters: { operation: 'itself' } });

		expect(output).toEqual([
			{ json: { n: 1 }, pairedItem: { item: 0 } },
			{ json: { n: 2 }, pairedItem: { item: 1 } },
		]);
	});

	it('says so when the chosen operation does not exist', async () => {
		const run = runAll(sum, { parameters: { operation: 'undo' } });

		await expect(run).rejects.toThrow('There is no operation "undo"');
	});
});

describe('an operation over all items', () => {
	it('runs once, and what it gives came from all of them', async () => {
		expect(await runAll(sum)).toEqual([
			{ json: { sum: 3 }, pairedItem: [{ item: 0 }, { item: 1 }] },
		]);
	});

	it('may say which item each of its own came from', async () => {
		const second = async () => [{ json: {}, pairedItem: { item: 1 } }];

		expect(await runAll(second)).toEqual([{ json: {}, pairedItem: { item: 1 } }]);
	});

	it('does not run without an item', async () => {
		const work = jest.fn(sum);

		expect(await runAll(work, { items: [] })).toEqual([]);
		expect(work).not.toHaveBeenCalled();
	});

	it('is shortened where a model reads it', async () => {
		const long = async () => [{ json: { text: 'x'.repeat(LONGEST_FOR_A_MODEL + 1) } }];

		const [item] = await runAll(long, { isTool: true });

		expect(item!.json.cut).toEqual(['text']);
	});

	const failing = async (context: IExecuteFunctions) => {
		throw inputError(context.getNode(), 'Wrong', { itemIndex: 1 });
	};

	it('throws what went wrong', async () => {
		await expect(runAll(failing)).rejects.toThrow('Wrong [item 1]');
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'gives one error item of all where the node is set to continue (%s)',
		async (onError) => {
			const output = await runAll(failing, { onError });

			expect(output).toMatchObject([
				{ json: { error: 'Wrong [item 1]' }, pairedItem: [{ item: 0 }, { item: 1 }] },
			]);
			expect(output[0]!.error !== undefined).toBe(onError === 'continueErrorOutput');
		},
	);
});
