import { NodeHelpers } from 'n8n-workflow';
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { descriptionOf, parametersOf } from './template';

type Choice = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/**
 * What does not fit between a template's node and what n8n says of the node's type: a type, version,
 * parameter, option or value that it does not know, and a parameter that is not shown beside the
 * others and so has no effect.
 *
 * @returns a line for each
 */
export function flawsOf(node: INode, nodeTypes: INodeTypeDescription[]): string[] {
	const description = descriptionOf(node, nodeTypes);
	if (!description) return [`${node.name}: no node ${node.type} in version ${node.typeVersion}`];
	const complete = parametersOf(node, description);
	const whole = { node, description, complete };
	const flaws = flawsIn(node.parameters, shownOf(description.properties, complete, whole), whole);
	return flaws.map((flaw) => `${node.name}: ${flaw}`);
}

/** A node with all its parameters, the ones that its source leaves out too. */
interface Whole {
	node: INode;
	description: INodeTypeDescription;
	complete: INodeParameters;
}

function shownOf(
	properties: INodeProperties[],
	values: INodeParameters,
	{ node, description, complete }: Whole,
): INodeProperties[] {
	return properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, node, description, complete),
	);
}

function flawsIn(parameters: INodeParameters, known: INodeProperties[], whole: Whole): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		const properties = known.filter((property) => property.name === name);
		if (properties.length === 0) return [`no parameter ${name}`];
		const flaws = properties.map((property) => flawsOfValue(value, property, whole));
		// of several parameters of one name, one fits
		return flaws.find((each) => each.length === 0) ?? flaws[0]!;
	});
}

function flawsOfValue(value: unknown, property: INodeProperties, whole: Whole): string[] {
	const choices = (property.options ?? []) as Choice[];
	if (property.type === 'collection') {
		const values = value as INodeParameters;
		const shown = shownOf(choices as INodeProperties[], values, whole);
		return flawsIn(values, shown, whole).map((flaw) => `${property.name}: ${flaw}`);
	}
	if (property.type === 'fixedCollection') {
		return flawsOfFixedCollection(value as INodeParameters, property, whole);
	}
	if (property.type !== 'options' && property.type !== 'multiOptions') return [];
	// what is chosen by an expression, or from a list that the service gives, shows at run time
	if (isExpression(value) || property.typeOptions?.loadOptionsMethod) return [];
	const chosen = Array.isArray(value) ? value : [value];
	const values = choices.map((choice) => ('value' in choice ? choice.value : undefined));
	return chosen
		.filter((each) => !values.includes(each as never))
		.map((each) => `${property.name} cannot be ${String(each)}`);
}

function flawsOfFixedCollection(
	value: INodeParameters,
	property: INodeProperties,
	whole: Whole,
): string[] {
	const groups = (property.options ?? []) as INodePropertyCollection[];
	return Object.entries(value).flatMap(([name, entries]) => {
		const group = groups.find((each) => each.name === name);
		if (!group) return [`no parameter ${property.name}.${name}`];
		const list = (Array.isArray(entries) ? entries : [entries]) as INodeParameters[];
		return list.flatMap((entry) =>
			flawsIn(entry, group.values, whole).map((flaw) => `${property.name}.${name}: ${flaw}`),
		);
	});
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}
