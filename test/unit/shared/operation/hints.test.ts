import { Workflow } from 'n8n-workflow';
import type { INodeType } from 'n8n-workflow';

import { everyCall, PROVIDERS } from '../../../everyOperation/operations';
import { callsOf, JOBS_STARTED, packNodes } from '../../harness';

const nodes = Object.fromEntries(packNodes().map((node) => [node.description.name, node]));
const starting = [...JOBS_STARTED, ...callsOf(/source create/)].map(([, call]) => call);

/** What n8n's editor shows beside the output of a node before it is executed. */
function hintsShown(nodeType: INodeType, resource: string, operation: string): string[] {
	const node = {
		id: '1',
		name: 'Node',
		type: 'node',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { resource, operation },
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return (nodeType.description.hints ?? [])
		.filter(({ displayCondition }) =>
			workflow.expression.getSimpleParameterValue(node, displayCondition!, 'internal', {}),
		)
		.map(({ message }) => message);
}

describe('the panel, before a step is executed', () => {
	it.each(everyCall.map((call) => [`${call.provider} ${call.resource} ${call.operation}`, call]))(
		'says whether it starts a job: %s',
		(_name, call) => {
			const { provider, resource, operation } = call as (typeof everyCall)[number];
			const shown = hintsShown(nodes[provider]!, resource, operation);
			const starts = starting.some(
				(one) =>
					one.provider === provider && one.resource === resource && one.operation === operation,
			);

			expect(shown).toHaveLength(starts ? 1 : 0);
			if (starts) expect(shown[0]).toMatch(/starts a new job.*may charge.*Pin the output/);
		},
	);

	it('says so in every node that starts jobs', () => {
		expect(new Set(starting.map(({ provider }) => provider)).size).toBe(PROVIDERS.length - 1);
	});
});
