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
	const shown = description.properties.filter((property) =>
		NodeHelpers.displayParameter(complete, property, node, description, complete),
	);
	return flawsIn(node.parameters, shown, description, node).map((flaw) => `${node.name}: ${flaw}`);
}

function flawsIn(
	parameters: INodeParameters,
	known: INodeProperties[],
	description: INodeTypeDescription,
	node: INode,
): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		const properties = known.filter((property) => property.name === name);
		if (properties.length === 0) return [`no parameter ${name}`];
		const flaws = properties.map((property) => flawsOfValue(value, property, description, node));
		// of several parameters of one name, one fits
		return flaws.find((each) => each.length === 0) ?? flaws[0]!;
	});
}

function flawsOfValue(
	value: unknown,
	property: INodeProperties,
	description: INodeTypeDescription,
	node: INode,
): string[] {
	const choices = (property.options ?? []) as Choice[];
	if (property.type === 'collection') {
		return flawsIn(value as INodeParameters, choices as INodeProperties[], description, node).map(
			(flaw) => `${property.name}: ${flaw}`,
		);
	}
	if (property.type === 'fixedCollection') {
		return flawsOfFixedCollection(value as INodeParameters, property, description, node);
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
	description: INodeTypeDescription,
	node: INode,
): string[] {
	const groups = (property.options ?? []) as INodePropertyCollection[];
	return Object.entries(value).flatMap(([name, entries]) => {
		const group = groups.find((each) => each.name === name);
		if (!group) return [`no parameter ${property.name}.${name}`];
		const list = (Array.isArray(entries) ? entries : [entries]) as INodeParameters[];
		return list.flatMap((entry) =>
			flawsIn(entry, group.values, description, node).map(
				(flaw) => `${property.name}.${name}: ${flaw}`,
			),
		);
	});
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}
