import { Workflow } from 'n8n-workflow';
import type { INodeType } from 'n8n-workflow';

import { PROVIDERS } from '../../../everyOperation/operations';
import type { OperationCall } from '../../../everyOperation/operations';
import { callsOf, JOBS_STARTED, packNodes } from '../../harness';

const nodes = Object.fromEntries(packNodes().map((node) => [node.description.name, node]));
const starting = [...JOBS_STARTED, ...callsOf(/source create (binaryFile|uploadId)/)].map(
	([, call]) => call,
);

/** What n8n's editor shows beside the output of a node before it is executed. */
function hintsShown(
	nodeType: INodeType,
	{ resource, operation, parameters }: OperationCall,
): string[] {
	const node = {
		id: '1',
		name: 'Node',
		type: 'node',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { ...parameters, resource, operation },
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
	it.each(callsOf(/./))('says whether it starts a job: %s', (_name, call) => {
		const shown = hintsShown(nodes[call.provider]!, call);
		// a text is made a source of at once, without a job
		const starts = starting.includes(call);

		expect(shown).toHaveLength(starts ? 1 : 0);
		if (starts) expect(shown[0]).toMatch(/starts a new job.*may charge.*Pin the output/);
	});

	it('says so in every node that starts jobs', () => {
		expect(new Set(starting.map(({ provider }) => provider)).size).toBe(PROVIDERS.length - 1);
	});
});
