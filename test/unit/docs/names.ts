import { operationsByName, packCredentialTypes, packNodes } from '../harness';

/** What stands in italics: names of nodes, fields and tables. */
export function namesIn(markdown: string): string[] {
	const text = markdown.replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
	const marked = [
		...text.matchAll(/(?<![*\w])\*([^*\n]+)\*(?!\*)/g),
		...text.matchAll(/(?<!\w)_([^_\n]+)_(?!\w)/g),
	];
	return [...new Set(marked.map(([, name]) => name!))];
}

/** Every name that panels of the pack show, with `Resource: Operation`. */
export function namesOfThePack(): Set<string> {
	const names = new Set<string>();
	const take = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		const { displayName, name } = value as Record<string, unknown>;
		for (const each of [displayName, name]) {
			if (typeof each === 'string') names.add(each).add(each.replace(/ \([^)]*\)$/, ''));
		}
		Object.values(value).forEach(take);
	};
	const descriptions = packNodes().map(({ description }) => description);
	take([descriptions, packCredentialTypes()]);
	for (const description of descriptions) {
		for (const name of operationsByName(description).keys()) names.add(name);
	}
	return names;
}
