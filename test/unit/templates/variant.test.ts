import fc from 'fast-check';
import type { IConnections } from 'n8n-workflow';
import type { SourceNode, TemplateSource } from '../../../dev/templates/sources';
import { completed, difference } from '../../../dev/templates/variant';

const NAMES = ['Every Minute', 'Settings', 'Claim', 'Wait', 'Note', 'Report', '__proto', '1'];

const nodeNamed = (name: string) =>
	fc.record<SourceNode>(
		{
			name: fc.constant(name),
			type: fc.constantFrom('n8n-nodes-base.set', 'n8n-nodes-base.code'),
			position: fc.tuple(fc.integer({ max: 2 }), fc.integer({ max: 2 })),
			id: fc.uuid(),
			onError: fc.constantFrom('continueRegularOutput', 'stopWorkflow'),
			executeOnce: fc.boolean(),
			parameters: fc.dictionary(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 2 })),
		},
		{ requiredKeys: ['name', 'type', 'position', 'id', 'parameters'] },
	);

const wiresFrom = (names: string[]) =>
	fc
		.shuffledSubarray(names)
		.chain((from) => fc.tuple(...from.map((name) => fc.tuple(fc.constant(name), wire(names)))))
		.map((entries) => Object.fromEntries(entries) as IConnections);

const wire = (names: string[]) =>
	fc
		.constantFrom(...names)
		.map((node) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] }));

const template = fc.shuffledSubarray(NAMES, { minLength: 1 }).chain((names) =>
	fc.record<TemplateSource>({
		name: fc.string(),
		settings: fc.constantFrom({ executionOrder: 'v1' }, {}),
		nodes: fc.tuple(...names.map(nodeNamed)),
		connections: wiresFrom(names),
	}),
);

/** Whether both have the wires that they share in the same order: a variant keeps its base's. */
function keepsOrder(whole: TemplateSource, base: TemplateSource): boolean {
	const names = new Set(whole.nodes.map(({ name }) => name));
	const shared = Object.keys(base.connections).filter((name) => names.has(name));
	const own = Object.keys(whole.connections).filter((name) => name in base.connections);
	return own.join() === shared.filter((name) => own.includes(name)).join();
}

describe('a variant of a template', () => {
	it('says what its base has otherwise, and no more is needed to make it whole', () => {
		fc.assert(
			fc.property(template, template, (base, whole) => {
				const variant = difference(whole, 'base', base);
				const made = completed('variant', { base, variant });

				expect(made).toEqual(whole);
				if (keepsOrder(whole, base)) {
					expect(Object.keys(made.connections)).toEqual(Object.keys(whole.connections));
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('names each of its nodes, and says nothing of one that is the same but for its id', () => {
		const parameters = { a: 1 };
		const node: SourceNode = { name: 'Claim', type: 'n8n-nodes-base.set', id: '1', parameters };
		const base = { name: 'Base', nodes: [node], connections: {} };
		const whole = { ...base, name: 'Variant', nodes: [{ ...node, id: '2' }] };

		expect(difference(whole, 'base', base)).toEqual({
			variantOf: 'base',
			name: 'Variant',
			nodes: [{ name: 'Claim', id: '2' }],
			connections: {},
		});
	});

	it('has its own words in the place of its base’s, where it says so, and is taken back so', () => {
		const parameters = { table: { value: 'Files of A' }, rows: ["={{ $('Files of A') }}", 7] };
		const node: SourceNode = { name: 'Claim', type: 'n8n-nodes-base.set', id: '1', parameters };
		const base = { name: 'Base', nodes: [node], connections: {} };
		const variant: TemplateSource = {
			variantOf: 'base',
			inPlaceOf: { 'Files of A': 'Files of B' },
			name: 'Variant',
			nodes: [{ name: 'Claim', id: '2' }],
			connections: {},
		};

		const whole = completed('variant', { base, variant });

		expect(whole.nodes[0]!.parameters).toEqual({
			table: { value: 'Files of B' },
			rows: ["={{ $('Files of B') }}", 7],
		});
		expect(difference(whole, 'base', base, variant.inPlaceOf)).toEqual(variant);
	});

	it('fails when its base is not there', () => {
		const variant = { variantOf: 'lost', name: 'Variant', nodes: [], connections: {} };

		expect(() => completed('variant', { variant })).toThrow(
			'variant is a variant of lost, which has no source.',
		);
	});

	it('fails when a node without a type is not in its base', () => {
		const base = { name: 'Base', nodes: [], connections: {} };
		const variant = { ...base, variantOf: 'base', nodes: [{ name: 'Lost', id: '1' }] };

		expect(() => completed('variant', { base, variant })).toThrow(
			'variant: "Lost" has no type, and base has no such node.',
		);
	});
});
