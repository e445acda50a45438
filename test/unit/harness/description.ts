import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

/** Every parameter of a node with its path, those within collections too. */
export function parametersOf(
	properties: INodeProperties[],
	path = '',
): Array<[path: string, property: INodeProperties]> {
	return properties.flatMap((property) => {
		const here = `${path}${property.name}`;
		const within = property.type === 'collection' ? (property.options as INodeProperties[]) : [];
		return [[here, property] as [string, INodeProperties], ...parametersOf(within, `${here}.`)];
	});
}

/** What a parameter offers to choose from. */
export function optionsOf({ options }: INodeProperties): INodePropertyOptions[] {
	return options as INodePropertyOptions[];
}

/** A node's operations as its panel names them, `Job: Get`, with their stored values; none where it has no resources. */
export function operationsByName({
	properties,
}: INodeTypeDescription): Map<string, { resource: string; operation: string }> {
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(optionsOf);
	const found = resources.flatMap(({ name, value: resource }) =>
		properties
			.filter((property) => property.name === 'operation')
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource))
			.flatMap(optionsOf)
			.map(
				(operation) =>
					[
						`${name}: ${operation.name}`,
						{ resource: String(resource), operation: String(operation.value) },
					] as const,
			),
	);
	return new Map(found);
}
