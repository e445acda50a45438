import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../n8n/types';

const triggerName = 'When a Transcription Ends';
const switchName = 'Which Trigger';
const switchOutput = 'Webhook';
const laneNodes = [triggerName, 'Has a Result', 'File of This Transcription', 'Webhook Result'];
const stickyNoteType = 'n8n-nodes-base.stickyNote';
const laneTitle = '### Take results from the webhook';

interface SwitchRules {
	values: Array<{ outputKey: string }>;
}

interface Assignments {
	assignments: Array<{ name: string }>;
}

/**
 * The folder watcher without its webhook: the trigger, its lane, its note and its setting are gone,
 * and nothing else differs.
 *
 * @throws Error when the workflow has no such lane, or when it is not the switch's last output
 */
export function pollingOnly(workflow: WorkflowJson): WorkflowJson {
	const nodes = workflow.nodes.filter((node) => !isOfTheLane(node)).map(withoutWebhook);
	const connections = Object.fromEntries(
		Object.entries(workflow.connections).filter(([name]) => !laneNodes.includes(name)),
	);
	const outputs = connections[switchName]?.main;
	if (!outputs || outputs.at(-1)?.[0]?.node !== laneNodes[1]) {
		throw new Error(`The last output of "${switchName}" is not the webhook's.`);
	}
	connections[switchName] = { main: outputs.slice(0, -1) };
	return { ...workflow, name: `${workflow.name} (polling only)`, nodes, connections };
}

function isOfTheLane({ name, type, parameters }: INode): boolean {
	const isItsNote = type === stickyNoteType && String(parameters.content).startsWith(laneTitle);
	return laneNodes.includes(name) || isItsNote;
}

function withoutWebhook(node: INode): INode {
	const { parameters } = node;
	if (node.name === switchName) {
		const { values } = parameters.rules as unknown as SwitchRules;
		const rules = { values: values.filter(({ outputKey }) => outputKey !== switchOutput) };
		return { ...node, parameters: { ...parameters, rules } };
	}
	if (node.name === 'Settings') {
		const { assignments } = parameters.assignments as unknown as Assignments;
		const others = assignments.filter(({ name }) => name !== 'webhookUrl');
		return { ...node, parameters: { ...parameters, assignments: { assignments: others } } };
	}
	if (node.type === stickyNoteType) {
		const content = String(parameters.content)
			.split('\n')
			.filter((line) => !line.includes('webhookUrl'))
			.join('\n')
			.replace(` and in the trigger *${triggerName}*`, '')
			.replace(/^5\. Publish/m, '4. Publish');
		return { ...node, parameters: { ...parameters, content } };
	}
	return node;
}
