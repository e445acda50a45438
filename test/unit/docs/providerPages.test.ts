import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../../dev/paths';
import { operationsByName, packNodes } from '../harness';
import { namesIn, namesOfThePack } from './names';
import { textOf } from './textOf';

const withResources = packNodes()
	.map(({ description }) => description)
	.filter(({ properties }) => properties.some(({ name }) => name === 'resource'));

/** The first column of a page's table of operations; `Project: Get, Get Many` stands for two. */
function describedIn(page: string): string[] {
	const [, section = ''] = page.split('\n## Operations\n');
	const [, table = ''] = /\n\| resource: operation \|[^\n]*\n\| ---[^\n]*\n((?:\|[^\n]*\n)+)/.exec(
		section,
	)!;
	return [...table.matchAll(/^\| ([^|:]+): ([^|]+) \|/gm)].flatMap(([, resource, operations]) =>
		operations!.split(', ').map((operation) => `${resource}: ${operation}`),
	);
}

/** What n8n's own panels say. */
const OF_N8N = ['Client ID', 'Client Secret', 'Connect', 'Retry On Fail'];

/** What Dropbox's App Console says. */
const OF_DROPBOX = [
	'App folder',
	'Full Dropbox',
	'Permissions',
	'Redirect URIs',
	'Scoped access',
	'Settings',
	'Submit',
	'Webhook URIs',
];

const pages = readdirSync(join(projectFolder, 'docs', 'providers')).map((file) =>
	file.replace('.md', ''),
);

const pageOf = (name: string) => textOf(`docs/providers/${name}.md`);

describe('the page of a provider', () => {
	it.each(withResources.map((node) => [node.displayName, node] as const))(
		'describes each operation of %s, and no other',
		(name, node) => {
			const operations = [...operationsByName(node).keys()];

			expect(operations.length).toBeGreaterThan(3);
			expect(describedIn(pageOf(name.toLowerCase())).sort()).toEqual(operations.sort());
		},
	);

	it.each(pages)('names only fields, choices and operations that there are: %s', (page) => {
		const known = [...namesOfThePack(), ...OF_N8N, ...(page === 'dropbox' ? OF_DROPBOX : [])];

		expect(namesIn(pageOf(page)).filter((name) => !known.includes(name))).toEqual([]);
	});

	it('names each parameter of the Dropbox trigger', () => {
		const trigger = packNodes().find(
			({ description }) => description.name === 'dropboxUploadTrigger',
		);
		const { properties } = trigger!.description;
		const names = properties
			.filter(({ type }) => type !== 'notice')
			.map((each) => each.displayName);

		expect(names.length).toBeGreaterThan(4);
		expect(names.filter((name) => !pageOf('dropbox').includes(name))).toEqual([]);
	});
});
