import type { INodeProperties } from 'n8n-workflow';

import { idempotencyKeyOf } from '../../../../nodes/shared/operation/idempotency';
import { errorOf, runNode } from '../../harness';
import type { Run } from '../../harness';
import { probe } from '../probe';

const keyOption: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
};

/** Puts out each item's key. */
const keys = async (run: Partial<Run> = {}) => {
	const items = await runNode({
		...probe(
			async (context, itemIndex) => [
				{ json: { key: idempotencyKeyOf(context, itemIndex) ?? null } },
			],
			{ options: [keyOption] },
		),
		...run,
	});
	return items.map(({ json }) => json.key as string | null);
};
const keyOf = async (run: Partial<Run> = {}) => (await keys(run))[0];

const set = (idempotencyKey: string): Partial<Run> => ({
	parameters: { options: { idempotencyKey } },
});

describe('the idempotency key', () => {
	it('is the same when n8n tries the node again', async () => {
		expect(await keyOf()).toBe(await keyOf());
	});

	it.each<[string, Partial<Run>]>([
		['execution', { executionId: '1002' }],
		['run of the node in a loop', { runIndex: 1 }],
		['node', { nodeId: 'b2f3a1c0-0000-4000-8000-000000000002' }],
		['workflow', { workflowId: 'anotherWorkflow' }],
	])('is another for another %s', async (_what, run) => {
		expect(await keyOf(run)).not.toBe(await keyOf());
	});

	it('is another for each item', async () => {
		const all = await keys({ items: Array.from({ length: 25 }, () => ({ json: {} })) });

		expect(new Set(all).size).toBe(25);
	});

	it('does not depend on the item’s content, so that a resend with the same item is the same', async () => {
		expect(await keyOf({ items: [{ json: { a: 1 } }] })).toBe(
			await keyOf({ items: [{ json: { a: 2 } }] }),
		);
	});

	it('can stand in a header and tells nothing of where it comes from', async () => {
		expect(await keyOf()).toMatch(/^n8n-[0-9a-f]{64}$/);
	});

	it('is what the user sets, without spaces around it', async () => {
		expect(await keyOf(set(' my-key '))).toBe('my-key');
	});

	it('can be set by an expression for each item', async () => {
		const items = [{ json: { hash: 'aa' } }, { json: { hash: 'bb' } }];

		expect(await keys({ ...set('={{ $json.hash }}'), items })).toEqual(['aa', 'bb']);
	});

	it('is turned off by none', async () => {
		expect(await keyOf(set('none'))).toBeNull();
	});

	it.each(['', '   '])('is made where the field holds %j', async (empty) => {
		expect(await keyOf(set(empty))).toBe(await keyOf());
	});

	it('may have 255 characters', async () => {
		expect(await keyOf(set('k'.repeat(255)))).toHaveLength(255);
	});

	it.each([
		['256 characters', 'k'.repeat(256)],
		['a space', 'my key'],
		['a line break', 'a\r\nX-Evil: 1'],
		['a letter beyond ASCII', 'schlüssel'],
	])('may not have %s', async (_what, key) => {
		const error = await errorOf(keyOf(set(key)));

		expect(error.message).toContain('Idempotency Key must have at most 255 characters');
		expect(error.message).toContain('[item 0]');
	});
});
