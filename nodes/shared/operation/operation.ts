import type {
	EngineResponse,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	NodeHint,
	NodeOutput,
} from 'n8n-workflow';

import { errorItem, inputError } from '../core/errors';
import { endItem, forgetEarlierRuns, isDeleted } from './begun';
import { settled } from '../core/settled';
import { byName } from '../fields/byName';
import { explainFile } from '../files/fileDisagreement';
import { stopped, withNeighbours } from './inSight';
import { cancelSignalOf } from '../core/provider';
import { resultsOfRun } from './retriedRun';
import { maxParallelOf } from '../core/settings';
import { firstForModel, forModel, isTool } from './toolOutput';

/** How one thing that a node can do is shown. */
interface OperationFace {
	/** Stored in workflows: never rename it. */
	value: string;
	name: string;
	/** Sentence case, shown in the node panel. */
	action: string;
	description: string;
	/** Shown only for this operation. */
	fields: INodeProperties[];
	/** Whether it starts a job, which the provider may charge; of a text none is needed. */
	startsJob?: boolean;
	/** Whether it sends the item's binary, from the field `binaryPropertyName`. */
	sendsFile?: boolean;
}

/** An operation that works on one item at a time. */
export interface ItemOperation extends OperationFace {
	/** Works on one item. */
	run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]>;
	/**
	 * Takes the whole run over, such as one that waits in a way of its own.
	 *
	 * @param response what n8n gave the node's `execute`
	 * @returns undefined where the operation is to work item by item
	 */
	runWhole?(
		context: IExecuteFunctions,
		response: EngineResponse | undefined,
	): Promise<NodeOutput> | undefined;
}

/** An operation that needs all items at once, such as one that joins them. */
export interface ListOperation extends OperationFace {
	/**
	 * Works on all items, of which there is at least one.
	 *
	 * @returns the output; an item that does not say which item it came from came from all of them
	 */
	runAll(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** One thing that a node can do: its fields, and what it does with one item or with all. */
export type Operation = ItemOperation | ListOperation;

/** The things that a node can do with one kind of object. */
export interface Resource {
	/** Stored in workflows: never rename it. */
	value: string;
	name: string;
	operations: Operation[];
}

/** What a node can do: with several kinds of objects, or else its operations in one list. */
export type Abilities = Resource[] | Operation[];

function isByResource(abilities: Abilities): abilities is Resource[] {
	return abilities.every((each) => 'operations' in each);
}

// spread in: n8n's lint wants a literal default wherever it reads the type `options`
const PICKER = { type: 'options', noDataExpression: true } as const;

function resourcePicker(resources: Resource[]): INodeProperties {
	return {
		...PICKER,
		displayName: 'Resource',
		name: 'resource',
		options: resources.map(({ name, value }) => ({ name, value })).sort(byName),
		default: resources[0]?.value ?? '',
	};
}

function operationPicker(operations: Operation[], resource?: string): INodeProperties {
	return {
		...PICKER,
		displayName: 'Operation',
		name: 'operation',
		...(resource === undefined ? {} : { displayOptions: { show: { resource: [resource] } } }),
		options: operations
			.map(({ name, value: operation, action, description }) => ({
				name,
				value: operation,
				action,
				description,
			}))
			.sort(byName),
		default: operations[0]?.value ?? '',
	};
}

function fieldsOf(operations: Operation[], resource?: string): INodeProperties[] {
	const ofResource: Record<string, string[]> =
		resource === undefined ? {} : { resource: [resource] };
	return operations.flatMap(({ value, fields }) =>
		fields.map((field) => shownFor({ ...ofResource, operation: [value] }, field)),
	);
}

function shownFor(chosen: Record<string, string[]>, field: INodeProperties): INodeProperties {
	const { show, hide } = field.displayOptions ?? {};
	return {
		...field,
		displayOptions: { show: { ...chosen, ...show }, ...(hide ? { hide } : {}) },
	};
}

/** A node's `properties`: the pickers, then each operation's fields, shown where they apply. */
export function propertiesOf(abilities: Abilities): INodeProperties[] {
	if (!isByResource(abilities)) return [operationPicker(abilities), ...fieldsOf(abilities)];
	return [
		resourcePicker(abilities),
		...abilities.map(({ value, operations }) => operationPicker(operations, value)),
		...abilities.flatMap(({ value, operations }) => fieldsOf(operations, value)),
	];
}

/**
 * What the node's panel says beside its output, where executing the step starts a job.
 *
 * @param provider the provider's name
 */
export function hintsOf(provider: string, resources: Resource[]): NodeHint[] {
	const starting = resources.flatMap(({ value, operations }) =>
		operations.filter(({ startsJob }) => startsJob).map((each) => `${value} ${each.value}`),
	);
	return [
		{
			message: `Each execution of this step starts a new job, which ${provider} may charge. Pin the output to go on building the workflow with it.`,
			type: 'info',
			location: 'outputPane',
			whenToDisplay: 'always',
			displayCondition: `={{ ${JSON.stringify(starting)}.includes($parameter["resource"] + " " + $parameter["operation"]) && $parameter["inputType"] !== "text" }}`,
		},
	];
}

function chosenOperation(context: IExecuteFunctions, abilities: Abilities): Operation {
	const chosen = context.getNodeParameter('operation', 0) as string;
	if (!isByResource(abilities)) {
		const operation = abilities.find(({ value }) => value === chosen);
		if (operation) return operation;
		throw inputError(context.getNode(), `There is no operation "${chosen}"`, {
			description: 'Choose an operation from the list.',
		});
	}
	const resourceValue = context.getNodeParameter('resource', 0) as string;
	const resource = abilities.find(({ value }) => value === resourceValue);
	const operation = resource?.operations.find(({ value }) => value === chosen);
	if (operation) return operation;
	throw inputError(
		context.getNode(),
		`There is no operation "${chosen}" for the resource "${resourceValue}"`,
		{ description: 'Choose a resource and an operation from the lists.' },
	);
}

/** Works on all items at once; where that goes wrong, no item has an output. */
async function runOverAll(
	operation: ListOperation,
	context: IExecuteFunctions,
): Promise<INodeExecutionData[]> {
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	if (pairedItem.length === 0) return [];
	const outcome = await settled(operation.runAll(context));
	if ('value' in outcome) {
		const isForModel = isTool(context);
		const items = isForModel ? firstForModel(outcome.value.map(forModel)) : outcome.value;
		return items.map((item) => ({ ...item, pairedItem: item.pairedItem ?? pairedItem }));
	}
	if (!context.continueOnFail()) throw outcome.failure;
	return [Object.assign(errorItem(context.getNode(), outcome.failure, 0), { pairedItem })];
}

/** Works on an item; where its job turns out to have been deleted, on another job. */
async function resultOf(
	operation: ItemOperation,
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const outcome = await settled(operation.run(context, itemIndex));
	if ('value' in outcome) return outcome.value;
	if (!isDeleted(context, itemIndex)) throw outcome.failure;
	return await operation.run(context, itemIndex);
}

/**
 * Runs the chosen operation over the items, several at a time, or over all of them at once.
 *
 * @param response what n8n gave the node's `execute`, for an operation that takes the whole run over
 * @returns the results in the order of the input, each with the item that it came from; shortened
 * where a model reads them
 * @throws the error of the first item that went wrong, once the items under way have ended, unless
 * the node is set to continue: then that item's error is in the output
 */
export async function runOperation(
	context: IExecuteFunctions,
	abilities: Abilities,
	response?: EngineResponse,
): Promise<NodeOutput> {
	const operation = chosenOperation(context, abilities);
	if ('runAll' in operation) return [await runOverAll(operation, context)];
	const whole = operation.runWhole?.(context, response);
	if (whole) return await whole;
	const items = context.getInputData();
	const results: INodeExecutionData[][] = items.map(() => []);
	const thrown: Array<{ error: unknown; itemIndex: number }> = [];
	const signal = cancelSignalOf(context);
	const isForModel = isTool(context);
	const known = resultsOfRun(context);
	forgetEarlierRuns(context);
	let next = 0;

	const worker = async () => {
		while (next < items.length && thrown.length === 0 && !signal?.aborted) {
			const itemIndex = next++;
			try {
				const full = known?.get(itemIndex) ?? (await resultOf(operation, context, itemIndex));
				known?.set(itemIndex, full);
				const result = isForModel ? full.map(forModel) : full;
				results[itemIndex] = result.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
				endItem(context, itemIndex, true);
			} catch (error) {
				endItem(context, itemIndex, false);
				if (operation.sendsFile) await explainFile(context, itemIndex, error);
				if (!context.continueOnFail() || signal?.aborted) thrown.push({ error, itemIndex });
				else results[itemIndex] = [errorItem(context.getNode(), error, itemIndex)];
			}
		}
	};
	const workers = Math.min(maxParallelOf(context), items.length);
	await Promise.all(Array.from({ length: workers }, worker));

	const first = thrown.sort((a, b) => a.itemIndex - b.itemIndex)[0]?.error;
	const isIncomplete = first !== undefined || next < items.length;
	if (signal?.aborted && isIncomplete) throw stopped(context, first, signal);
	if (first) throw withNeighbours(context, first);
	return [isForModel ? firstForModel(results.flat()) : results.flat()];
}
