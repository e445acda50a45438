import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../../dev/n8n/types';
import { planOf, withPlan } from '../../../dev/templates/plan';
import { STICKY_NOTE } from '../../../dev/templates/stickyNote';

function nodeAt(name: string, x: number, more: Partial<INode> = {}): INode {
	return {
		id: name,
		name,
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [x, 0],
		parameters: {},
		...more,
	};
}

function note(content: string, x: number, width: number): INode {
	const parameters = { content, width, height: 200 };
	return nodeAt(content, x, { type: STICKY_NOTE, parameters });
}

const wire = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });

/** A trigger, a lane of 18 nodes, and a lane of one that lies on it. */
function large(): WorkflowJson {
	const steps = Array.from({ length: 18 }, (_, index) => nodeAt(`Step ${index}`, 100 + 10 * index));
	return {
		name: 'Large',
		nodes: [
			nodeAt('Called', 0, { type: 'n8n-nodes-base.executeWorkflowTrigger' }),
			...steps.reverse(),
			nodeAt('Say "it"', 290, {
				type: 'n8n-nodes-base.executeWorkflow',
				parameters: { workflowId: '={{ $workflow.id }}' },
			}),
			note('## What it does', -600, 500),
			note('### Work\nOn a batch.', 90, 300),
			note('### Tell', 285, 50),
		],
		connections: {
			Called: wire('Step 0'),
			'Step 0': wire('Step 1'),
			'Step 1': wire('Say "it"'),
			'Step 2': { main: [null, [{ node: 'Say "it"', type: 'main', index: 0 }]] },
		},
	};
}

describe('the plan of a workflow', () => {
	it('has a box for each lane, its nodes from left to right, and what leads from one to another', () => {
		expect(planOf(large())?.split('\n')).toEqual([
			'flowchart LR',
			'\tlane0["<b>Begin</b><br/>Called"]',
			'\tlane1["<b>Work</b><br/>Step 0<br/>Step 1<br/>Step 2<br/>Step 3<br/>Step 4<br/>Step 5<br/>Step 6<br/>Step 7<br/>Step 8<br/>Step 9<br/>Step 10<br/>Step 11<br/>Step 12<br/>Step 13<br/>Step 14<br/>Step 15<br/>Step 16<br/>Step 17"]',
			'\tlane2["<b>Tell</b><br/>Say #quot;it#quot;"]',
			'\tlane0 --> lane1',
			'\tlane1 --> lane2',
			'\tlane2 -.-> lane0',
		]);
	});

	it('is left out where the workflow is small', () => {
		const { nodes, ...others } = large();
		expect(planOf({ ...others, nodes: nodes.slice(0, 10) })).toBeUndefined();
	});

	it('stands once at the end of a page, however often it is written', () => {
		const page = '# Large\n\nWhat it does.\n';
		const planned = withPlan(page, 'flowchart LR');

		expect(planned).toContain('What it does.\n\n## Plan\n\n');
		expect(planned.endsWith('```mermaid\nflowchart LR\n```\n')).toBe(true);
		expect(withPlan(planned, 'flowchart LR')).toBe(planned);
		expect(withPlan(withPlan(page, 'x'), undefined).trim()).toBe(page.trim());
	});
});
