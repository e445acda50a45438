import {
	ActiveWorkflowTriggers,
	PollContext,
	PollTriggerExecutor,
	TriggersAndPollers,
} from 'n8n-core';
import type { ErrorReporter, ScheduledTaskManager, Tracing } from 'n8n-core';
import { deepCopy } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, INodeProperties, INodeType } from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetup } from './workflow';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
type Logger = ConstructorParameters<typeof PollTriggerExecutor>[0];
const logger = { ...quiet, scoped: () => quiet } as unknown as Logger;
const errorReporter = { error() {}, warn() {} } as unknown as ErrorReporter;

const startSpan = async (_options: unknown, work: (span: object) => Promise<unknown>) =>
	await work({ setStatus() {} });
const tracing = {
	startSpan,
	startNewTraceSpan: startSpan,
	pickWorkflowAttributes: () => ({}),
	pickNodeAttributes: () => ({}),
} as unknown as Tracing;

/** A node as n8n loads it: it adds the Poll Times. */
function withPollTimes(node: INodeType): INodeType {
	const pollTimes: INodeProperties = {
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'json',
		default: { item: [{ mode: 'everyMinute' }] } as unknown as string,
	};
	const { properties, ...description } = node.description;
	const value = { ...description, properties: [pollTimes, ...properties] };
	return Object.create(node, { description: { value } }) as INodeType;
}

/**
 * A polling trigger in a workflow that is published, by n8n-core's own registry of triggers and
 * executor of polls. Only the clock is missing: `tick` is the time of a poll. Static data is read
 * when the workflow is published, and stored, whole, with what a poll emits, as n8n does it.
 */
export class Listening {
	/** The node's static data in n8n's database. */
	stored: IDataObject = {};
	/** What executions were started with. */
	readonly emitted: INodeExecutionData[][] = [];
	/** What polls threw, other than the first one, which `publish` throws. */
	readonly errors: Error[] = [];

	private ticks: Array<() => void> = [];
	private polls: Array<Promise<unknown>> = [];
	private readonly triggers: ActiveWorkflowTriggers;

	constructor(private readonly setup: NodeSetup) {
		const executor = this.executor();
		this.triggers = new ActiveWorkflowTriggers(
			logger,
			this.schedule(),
			new TriggersAndPollers(),
			errorReporter,
			executor,
		);
	}

	/** Publishes the workflow, anew where it was; ends once its first poll has. */
	async publish(): Promise<void> {
		await this.unpublish();
		const name = this.setup.name ?? this.setup.node.description.displayName;
		const staticData = deepCopy(this.stored);
		const { workflow, node, additionalData } = prepareNode({
			...this.setup,
			node: withPollTimes(this.setup.node),
			name,
			staticData,
		});
		const store = () => {
			this.stored = deepCopy(workflow.getStaticData('node', node));
		};
		const getPollFunctions = () =>
			new PollContext(
				workflow,
				node,
				additionalData,
				'trigger',
				'activate',
				([items]) => {
					this.emitted.push(items!);
					store();
				},
				(error) => this.errors.push(error),
			);
		await this.triggers.addTriggers(
			workflow.id,
			workflow,
			[node.id],
			additionalData,
			'trigger',
			'activate',
			() => {
				throw new Error('The node only polls');
			},
			getPollFunctions,
		);
		// n8n stores it at the end of an activation
		store();
	}

	/** Stops to listen; a poll that is under way is not waited for. */
	async unpublish(): Promise<void> {
		this.ticks = [];
		await this.triggers.remove('workflowUnderTest');
	}

	/** Begins a poll, as the schedule does it. */
	tick(): void {
		this.ticks.forEach((tick) => tick());
	}

	/** Polls, and waits for all polls that are under way. */
	async poll(): Promise<void> {
		this.tick();
		await this.settled();
	}

	/** Waits for all polls that are under way. */
	async settled(): Promise<void> {
		await Promise.all(this.polls);
	}

	/** What was emitted since the last time that it was taken. */
	taken(): INodeExecutionData[] {
		return this.emitted.splice(0).flat();
	}

	private executor(): PollTriggerExecutor {
		const executor = new PollTriggerExecutor(
			logger,
			new TriggersAndPollers(),
			tracing,
			errorReporter,
		);
		const create = executor.create.bind(executor);
		executor.create = (...parameters) => {
			const execute = create(...parameters);
			return async (isFirst) => {
				const poll = execute(isFirst);
				this.polls.push(poll.catch(() => undefined));
				await poll;
			};
		};
		return executor;
	}

	private schedule(): ScheduledTaskManager {
		const register = (_task: unknown, tick: () => void) => {
			this.ticks.push(tick);
			return true;
		};
		const nothing = () => false;
		return {
			register,
			deregisterGroup: nothing,
			deregisterTarget: nothing,
			hasGroup: nothing,
			hasTarget: nothing,
			getTargetIds: () => [],
		} as unknown as ScheduledTaskManager;
	}
}
