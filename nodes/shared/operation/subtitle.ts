import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Abilities } from './operation';

/** What stands below an action node's name on the canvas: what it does, in words. */
export function subtitleOf(abilities: Abilities): string {
	const actions = abilities.flatMap((ability) => {
		if (!('operations' in ability)) return [[ability.value, ability.action]];
		const { value: resource, operations } = ability;
		return operations.map(({ value, action }) => [`${resource} ${value}`, action]);
	});
	const chosen = '[$parameter["resource"], $parameter["operation"]].filter(Boolean).join(" ")';
	return `={{ (${wordsFor(actions)})[${chosen}] }}`;
}

/** What stands below a trigger's name on the canvas: the events that start the workflow, in words. */
export function eventsSubtitle(properties: INodeProperties[]): string {
	const events = properties.find(({ name }) => name === 'events')?.options ?? [];
	const labels = (events as INodePropertyOptions[]).map(({ value, name }) => [value, name]);
	return `={{ $parameter["events"].map((event) => (${wordsFor(labels)})[event]).join(", ") }}`;
}

// n8n takes two closing braces for the end of an expression: these are flat, and stand in brackets
function wordsFor(entries: unknown[][]): string {
	return JSON.stringify(Object.fromEntries(entries as Array<[string, string]>));
}
