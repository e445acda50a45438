import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../n8n/types';
import { STICKY_NOTE } from './stickyNote';

const triggerName = 'When a Transcription Ends';

/** What the steps take of the webhook, and what they take without one. */
const withoutTrigger: Array<[string, string]> = [
	[`($json.path ? $('${triggerName}').first().json : $json)`, '$json'],
	[`(typeof $('${triggerName}').first().json.text === 'string' ? 'ended' : 'transcribing')`, ''],
	[`$json.token ? '%' : $('${triggerName}').first().json.id`, `'%'`],
];

interface Assignments {
	assignments: Array<{ name: string }>;
}

/**
 * The folder watcher without its webhook: the trigger, its setting and what is said of it are gone, and
 * nothing else differs.
 *
 * @throws Error when a step takes something of the trigger that is not known here
 */
export function pollingOnly(workflow: WorkflowJson): WorkflowJson {
	const name = `${workflow.name}, polling only`;
	const nodes = workflow.nodes
		.filter((node) => node.name !== triggerName)
		.map((node) => withoutWebhook(node, name));
	const left = nodes.find(({ type, parameters }) => {
		return type !== STICKY_NOTE && JSON.stringify(parameters).includes(triggerName);
	});
	if (left)
		throw new Error(`"${left.name}" takes something of "${triggerName}" that is not known.`);
	const { [triggerName]: lane, ...connections } = workflow.connections;
	if (!lane) throw new Error(`There is no "${triggerName}" that leads anywhere.`);
	return { ...workflow, name, nodes, connections };
}

function withoutWebhook(node: INode, workflowName: string): INode {
	const { parameters } = node;
	if (node.name === 'Settings') {
		const { assignments } = parameters.assignments as unknown as Assignments;
		const others = assignments.filter(({ name }) => name !== 'webhookUrl');
		return { ...node, parameters: { ...parameters, assignments: { assignments: others } } };
	}
	if (node.type === STICKY_NOTE) {
		const content = String(parameters.content)
			.split('\n')
			.filter((line) => !line.includes('webhookUrl'))
			.join('\n')
			.replace(` and in the trigger *${triggerName}*`, '')
			.replace(' 2 the webhook has the text,', '')
			.replace(/^## .*/, `## ${workflowName}`)
			.replace(/^5\. Publish/m, '4. Publish');
		return { ...node, parameters: { ...parameters, content } };
	}
	return { ...node, parameters: replaced(parameters) };
}

/** The same values, with what they take of the trigger replaced. */
function replaced<T>(value: T): T {
	if (typeof value === 'string') {
		return withoutTrigger.reduce((text: string, [from, to]) => {
			return text.replaceAll(` ?? ${from}`, to && ` ?? ${to}`).replaceAll(from, to);
		}, value) as T;
	}
	if (Array.isArray(value)) return value.map(replaced) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [key, replaced(each as unknown)]),
	) as T;
}
