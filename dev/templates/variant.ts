import type { IConnections } from 'n8n-workflow';
import type { SourceNode, TemplateSource } from './sources';

/**
 * A template's source with all that it leaves to its base.
 *
 * @throws Error when there is no such base, or a node is neither whole nor in the base
 */
export function completed(name: string, templates: Record<string, TemplateSource>): TemplateSource {
	const { variantOf, inPlaceOf = {}, ...own } = templates[name]!;
	if (variantOf === undefined) return own;
	if (!templates[variantOf]) {
		throw new Error(`${name} is a variant of ${variantOf}, which has no source.`);
	}
	const base = withTexts(completed(variantOf, templates), inPlaceOf);
	const nodes = own.nodes.map((node) => {
		const same = base.nodes.find((each) => each.name === node.name);
		if (!same && !node.type) {
			throw new Error(`${name}: "${node.name}" has no type, and ${variantOf} has no such node.`);
		}
		return withoutNull({ ...same, ...node }) as unknown as SourceNode;
	});
	const names = new Set(nodes.map((node) => node.name));
	return {
		...own,
		settings: own.settings ?? base.settings,
		nodes,
		connections: mergedConnections(base.connections, own.connections, names),
	};
}

/** A template with other texts in the parameters of its nodes. */
function withTexts(template: TemplateSource, inPlaceOf: Record<string, string>): TemplateSource {
	const pairs = Object.entries(inPlaceOf);
	const replaced = (value: unknown): unknown => {
		if (typeof value === 'string') {
			return pairs.reduce((text, [from, to]) => text.replaceAll(from, to), value);
		}
		if (Array.isArray(value)) return value.map(replaced);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each)]));
	};
	const nodes = template.nodes.map((node) => ({
		...node,
		...(node.parameters && { parameters: replaced(node.parameters) as SourceNode['parameters'] }),
	}));
	return pairs.length > 0 ? { ...template, nodes } : template;
}

/** Without what is null: a variant says so of what only its base has. */
function withoutNull(members: object): Record<string, unknown> {
	return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

/** The base's wires, where its nodes are left, with those of the variant in their places. */
function mergedConnections(
	base: IConnections,
	own: IConnections,
	names: Set<string>,
): IConnections {
	const order = Object.keys(base).filter((name) => names.has(name));
	let place = -1;
	for (const name of Object.keys(own)) {
		const known = order.indexOf(name);
		if (known === -1) order.splice(place + 1, 0, name);
		place = known === -1 ? place + 1 : known;
	}
	const merged = order.map((name) => [name, name in own ? own[name] : base[name]]);
	return withoutNull(Object.fromEntries(merged) as object) as IConnections;
}

/**
 * What a whole source has otherwise than its base: the reverse of {@link completed}.
 *
 * @param from the base, whole
 * @param inPlaceOf what the variant has in the place of texts of its base
 */
export function difference(
	whole: TemplateSource,
	variantOf: string,
	from: TemplateSource,
	inPlaceOf: Record<string, string> = {},
): TemplateSource {
	const base = withTexts(from, inPlaceOf);
	const nodes = whole.nodes.map((node) => {
		const same = base.nodes.find((each) => each.name === node.name);
		return same ? differingNode(node, same) : node;
	});
	const names = new Set(nodes.map((node) => node.name));
	const { name, settings, pinData } = whole;
	return {
		variantOf,
		...(Object.keys(inPlaceOf).length > 0 ? { inPlaceOf } : {}),
		name,
		...(isSame(settings, base.settings) ? {} : { settings }),
		nodes,
		connections: differingConnections(whole.connections, base.connections, names),
		...(pinData ? { pinData } : {}),
	};
}

function differingNode(node: SourceNode, base: SourceNode): SourceNode {
	const gone = Object.keys(base).filter((key) => !(key in node));
	const differing = Object.entries(node).filter(
		([key, value]) => key === 'name' || key === 'id' || !isSame(value, base[key as never]),
	);
	return Object.fromEntries([
		...differing,
		...gone.map((key) => [key, null]),
	]) as unknown as SourceNode;
}

/** Wires that differ, and the ones before each new one, which say where it stands. */
function differingConnections(
	whole: IConnections,
	base: IConnections,
	nodes: Set<string>,
): IConnections {
	const names = Object.keys(whole);
	const isNew = (name: string | undefined) => name !== undefined && !(name in base);
	const kept = names.filter(
		(name, index) => isNew(name) || isNew(names[index + 1]) || !isSame(whole[name], base[name]),
	);
	const gone = Object.keys(base).filter((name) => nodes.has(name) && !(name in whole));
	return Object.fromEntries([
		...kept.map((name) => [name, whole[name]!]),
		...gone.map((name) => [name, null]),
	]) as IConnections;
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
