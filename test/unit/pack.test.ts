import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import packageJson from '../../package.json';
import { optionsOf, packCredentialTypes, packNodes, parametersOf } from './harness';

const nodes = packNodes().map((node) => [node.description.displayName, node] as const);
const credentialTypes = packCredentialTypes().map((type) => [type.displayName, type] as const);
const sourceOf = (compiled: string) =>
	resolve(compiled.replace(/^dist\//, '').replace(/js$/, 'ts'));

describe('package.json', () => {
	it('has n8n-workflow as its only peer, which npm leaves to n8n to bring', () => {
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(packageJson.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
	});

	it('has no dependencies, which n8n would refuse', () => {
		expect(packageJson).not.toHaveProperty('dependencies');
		expect(packageJson).not.toHaveProperty('overrides');
	});

	it('asks for nothing of n8n that its first version of the interface for nodes lacks', () => {
		expect(packageJson.n8n.n8nNodesApiVersion).toBe(1);
	});
});

describe.each(nodes)('the parameters of %s', (_name, { description }) => {
	const parameters = parametersOf(description.properties);

	it('each say what they are for', () => {
		const selfEvident = ['resource', 'operation'];
		const silent = parameters.filter(
			([, { type, name, description: text }]) =>
				!text && !['notice', 'collection'].includes(type) && !selfEvident.includes(name),
		);

		expect(silent.map(([path]) => path)).toEqual([]);
	});

	// the collection Options is in an order of its own, plain first: panels.test.ts
	it('offer their choices by name, where the default does not come first', () => {
		for (const [path, property] of parameters) {
			if (!['options', 'multiOptions', 'collection'].includes(property.type)) continue;
			if (path === 'options') continue;
			const isFirst = (option: object, index: number) =>
				index === 0 && 'value' in option && option.value === property.default;
			const names = property
				.options!.filter((option, index) => !isFirst(option, index))
				.map((option) => ('displayName' in option ? option.displayName : option.name));
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		}
	});

	it('offer no option twice', () => {
		for (const [, property] of parameters) {
			if (!['options', 'multiOptions'].includes(property.type)) continue;
			const values = optionsOf(property).map(({ value }) => value);
			expect(new Set(values).size).toBe(values.length);
		}
	});

	it('have a default among their options', () => {
		for (const [, property] of parameters) {
			if (property.type !== 'options') continue;
			expect(optionsOf(property).map(({ value }) => value)).toContain(property.default);
		}
	});

	it('have names of letters in camelCase', () => {
		for (const [path] of parameters) expect(path).toMatch(/^[a-z][A-Za-z.]*$/);
	});
});

describe.each(nodes)('the node %s', (_name, { description, ...node }) => {
	it('names credentials that the pack has', () => {
		const known = credentialTypes.map(([, { name }]) => name);

		for (const { name } of description.credentials ?? []) expect(known).toContain(name);
	});

	it('shows each field of an operation for it alone', () => {
		const isAction = description.properties.some(({ name }) => name === 'operation');
		const hasResources = description.properties.some(({ name }) => name === 'resource');
		const fields = description.properties.filter(
			({ name }) => isAction && !['resource', 'operation'].includes(name),
		);

		for (const { displayOptions } of fields) {
			if (hasResources) expect(displayOptions?.show?.resource).toHaveLength(1);
			expect(displayOptions?.show?.operation).toHaveLength(1);
		}
	});

	it('has a list method for each locator', () => {
		for (const [, { type, modes }] of parametersOf(description.properties)) {
			if (type !== 'resourceLocator') continue;
			const list = modes!.find(({ name }) => name === 'list');
			if (!list) continue;
			expect(node.methods?.listSearch).toHaveProperty(list.typeOptions!.searchListMethod!);
		}
	});

	it('says in the node panel what each operation does', () => {
		const pickers = description.properties.filter(({ name }) => name === 'operation');
		for (const { action, description: text, name } of pickers.flatMap(optionsOf)) {
			expect(action).toMatch(/^[A-Z][^A-Z]*/);
			expect(text).toBeTruthy();
			expect(name).toMatch(/^[A-Z]/);
		}
	});
});

describe.each(packageJson.n8n.nodes)('%s', (compiled) => {
	const source = sourceOf(compiled);
	const { description } = packNodes()[packageJson.n8n.nodes.indexOf(compiled)]!;

	it('has a codex of its own name', () => {
		const codex = JSON.parse(readFileSync(source.replace(/ts$/, 'json'), 'utf8'));

		expect(codex).toMatchObject({
			node: `n8n-nodes-transcription.${description.name}`,
			codexVersion: '1.0',
		});
	});

	it('has its icons', () => {
		const { light, dark } = description.icon as { light: string; dark: string };
		for (const icon of [light, dark]) {
			expect(existsSync(resolve(dirname(source), icon.replace('file:', '')))).toBe(true);
		}
	});
});

// what n8n's own OAuth2 API brings along: fields, their masks, and the test
const withOAuth2 = credentialTypes.filter(([, type]) => type.extends?.includes('oAuth2Api'));
const withKey = credentialTypes.filter((each) => !withOAuth2.includes(each));

describe.each(withOAuth2)('the credential %s', (_name, { properties, documentationUrl }) => {
	it('leaves nothing of the connection to its user but the key and the secret of an app', () => {
		expect(properties.filter(({ type }) => type !== 'hidden' && type !== 'notice')).toEqual([]);
	});

	it('links to its documentation', () => {
		expect(documentationUrl).toMatch(/^https:\/\//);
	});
});

describe.each(withKey)('the credential %s', (_name, { properties, documentationUrl }) => {
	it('hides what is secret as it is typed', () => {
		const secrets = properties.filter(({ name }) => /key|token|secret|password/i.test(name));

		expect(secrets.length).toBeGreaterThan(0);
		for (const { typeOptions } of secrets) expect(typeOptions?.password).toBe(true);
	});

	it('has a base URL', () => {
		expect(properties.map(({ name }) => name)).toContain('baseUrl');
	});

	it('links to its documentation', () => {
		expect(documentationUrl).toMatch(/^https:\/\//);
	});
});

const testedByNode = credentialTypes.filter(([, { name }]) => name === 'whipscribeApi');
const testedByRequest = withKey.filter((each) => !testedByNode.includes(each));

describe.each(testedByRequest)('the test of the credential %s', (_name, { test }) => {
	it('does not let the key follow a redirect to another host', () => {
		expect(test!.request.disableFollowRedirect).toBe(true);
	});
});

// a redirect of these is tried in test/unit/credentials/test.test.ts
describe.each(testedByNode)('the test of the credential %s', (_name, { name, test }) => {
	it('is a function of every node that uses it', () => {
		const users = nodes.filter(([, { description }]) =>
			description.credentials?.some((each) => each.name === name),
		);
		const functions = users.map(([, { description, methods }]) => {
			const { testedBy } = description.credentials!.find((each) => each.name === name)!;
			return methods?.credentialTest?.[String(testedBy)];
		});

		expect(test).toBeUndefined();
		expect(functions.length).toBeGreaterThan(0);
		for (const one of functions) expect(one).toBeInstanceOf(Function);
	});
});
