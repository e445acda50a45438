import { createRunExecutionData } from 'n8n-workflow';
import { errorOf, runNode } from '../../harness';
import { probe } from '../probe';

const items = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));

/** A node that notes which items it works on, and fails with some of them at first. */
function counting(...failing: number[]) {
	const begun: number[] = [];
	const node = probe(async (_context, itemIndex) => {
		begun.push(itemIndex);
		if (failing.includes(itemIndex)) throw new Error('not yet');
		// as a transcript has it, which n8n 2.20 and older take for a failure
		return [{ json: { id: `job ${itemIndex}`, error: null } }];
	});
	return { begun, failing, node };
}

describe('a node that n8n runs again in the same run, with Retry On Fail', () => {
	it('gives what it gave before where all went well', async () => {
		const { node, begun } = counting();
		const run = { ...node, items: items(3), retryOnFail: true };
		const execution = { runExecutionData: createRunExecutionData({}) };

		const first = await runNode({ ...run, ...execution });
		const again = await runNode({ ...run, ...execution });

		expect(begun).toEqual([0, 1, 2]);
		expect(again).toEqual(first);
		expect(again[0]).not.toBe(first[0]);
	});

	it.each([
		['goes on', true],
		['stops', false],
	])(
		'works only on the items that failed, where it %s after one',
		async (_what, continueOnFail) => {
			const { node, begun, failing } = counting(2);
			const run = { ...node, items: items(3), retryOnFail: true, continueOnFail };
			const execution = { runExecutionData: createRunExecutionData({}) };

			await runNode({ ...run, ...execution }).catch(() => {});
			failing.pop();
			const output = await runNode({ ...run, ...execution });

			expect(begun).toEqual([0, 1, 2, 2]);
			expect(output.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
				['job 0', { item: 0 }],
				['job 1', { item: 1 }],
				['job 2', { item: 2 }],
			]);
		},
	);

	it.each([
		['in the next round of a loop', { runIndex: 1 }],
		['in another execution', { runExecutionData: createRunExecutionData({}) }],
		['under another name, which makes it another node', { name: 'Second' }],
	])('works on every item %s', async (_what, more) => {
		const { node, begun } = counting();
		const run = { ...node, items: items(2), retryOnFail: true };
		const execution = { runExecutionData: createRunExecutionData({}) };

		await runNode({ ...run, ...execution });
		await runNode({ ...run, ...execution, ...more });

		expect(begun).toEqual([0, 1, 0, 1]);
	});

	it('works on every item where n8n retries nothing, or an agent calls it as a tool', async () => {
		const { node, begun } = counting();
		const tool = { ...node.node.description, name: 'probeTool' };
		const asTool = { ...node, node: { ...node.node, description: tool } };
		const execution = { runExecutionData: createRunExecutionData({}) };

		await runNode({ ...node, ...execution });
		await runNode({ ...node, ...execution });
		await runNode({ ...asTool, ...execution, retryOnFail: true, name: 'Tool' });
		await runNode({ ...asTool, ...execution, retryOnFail: true, name: 'Tool' });

		expect(begun).toEqual([0, 0, 0, 0]);
	});

	it('fails again where the item fails again', async () => {
		const { node, begun } = counting(0);
		const run = { ...node, retryOnFail: true, runExecutionData: createRunExecutionData({}) };

		await errorOf(runNode(run));
		expect((await errorOf(runNode(run))).message).toContain('not yet');
		expect(begun).toEqual([0, 0]);
	});
});
