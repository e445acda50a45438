import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';

import { projectFolder } from '../../../dev/paths';
import { optionsOf, packNodes } from '../harness';
import { namesIn, namesOfThePack } from './names';

const withResources = packNodes()
	.map(({ description }) => description)
	.filter(({ properties }) => properties.some(({ name }) => name === 'resource'));

/** A node's operations as the panel names them, such as `Job: Get Many`. */
function operationsOf({ properties }: INodeTypeDescription): string[] {
	const resources = optionsOf(properties.find(({ name }) => name === 'resource')!);
	return resources.flatMap(({ name: resource, value }) =>
		properties
			.filter(({ name }) => name === 'operation')
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(value))
			.flatMap(optionsOf)
			.map(({ name }) => `${resource}: ${name}`),
	);
}

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

const pageOf = (name: string) =>
	readFileSync(join(projectFolder, 'docs', 'providers', `${name}.md`), 'utf8');

describe('the page of a provider', () => {
	it.each(withResources.map((node) => [node.displayName, node] as const))(
		'describes each operation of %s, and no other',
		(name, node) => {
			const operations = operationsOf(node);

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
