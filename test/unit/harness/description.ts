import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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
