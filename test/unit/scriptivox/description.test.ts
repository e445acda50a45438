import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import packageJson from '../../../package.json';
import { ScriptivoxApi } from '../../../credentials/ScriptivoxApi.credentials';
import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import { ScriptivoxTrigger } from '../../../nodes/Scriptivox/ScriptivoxTrigger.node';

const nodes: INodeType[] = [new Scriptivox(), new ScriptivoxTrigger()];
const named = nodes.map((node) => [node.description.displayName, node] as const);

/** Every parameter of a node, those within collections too, with where it stands. */
function parametersOf(properties: INodeProperties[], path = ''): Array<[string, INodeProperties]> {
	return properties.flatMap((property) => {
		const here = `${path}${property.name}`;
		const within = property.type === 'collection' ? (property.options as INodeProperties[]) : [];
		return [[here, property] as [string, INodeProperties], ...parametersOf(within, `${here}.`)];
	});
}

function optionsOf({ options }: INodeProperties): INodePropertyOptions[] {
	return options as INodePropertyOptions[];
}

describe.each(named)('the parameters of %s', (_name, { description }) => {
	const parameters = parametersOf(description.properties);

	it('each say what they are for', () => {
		const silent = parameters.filter(
			([, { type, name, description: text, displayName }]) =>
				!text &&
				type !== 'notice' &&
				type !== 'collection' &&
				!['resource', 'operation'].includes(name) &&
				displayName,
		);

		expect(silent.map(([path]) => path)).toEqual([]);
	});

	it('offer their options by name', () => {
		for (const [, property] of parameters) {
			if (!['options', 'multiOptions', 'collection'].includes(property.type)) continue;
			const names = property.options!.map((option) =>
				'displayName' in option ? option.displayName : option.name,
			);
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

describe('the Scriptivox node', () => {
	const { description } = new Scriptivox();
	const operationsOf = (resource: string) =>
		optionsOf(
			description.properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			)!,
		);

	it('has the names that workflows store', () => {
		expect(description.name).toBe('scriptivox');
		expect(description.version).toBe(1);
		expect(description.credentials).toEqual([{ name: 'scriptivoxApi', required: true }]);
		const [resource] = description.properties;
		expect(optionsOf(resource!).map(({ value }) => value)).toEqual([
			'account',
			'file',
			'transcription',
		]);
		expect(operationsOf('transcription').map(({ value }) => value)).toEqual([
			'cancel',
			'delete',
			'export',
			'get',
			'getMany',
			'transcribe',
			'wait',
		]);
		expect(operationsOf('file').map(({ value }) => value)).toEqual(['upload']);
		expect(operationsOf('account').map(({ value }) => value)).toEqual(['getBalance']);
	});

	it('has the parameters that workflows store', () => {
		const names = new Set(parametersOf(description.properties).map(([path]) => path));

		expect([...names].sort()).toEqual([
			'binaryPropertyName',
			'filters',
			'filters.from',
			'filters.order',
			'filters.status',
			'filters.to',
			'format',
			'inputType',
			'limit',
			'operation',
			'options',
			'options.align',
			'options.diarize',
			'options.idempotencyKey',
			'options.includeSpeakers',
			'options.includeTimestamps',
			'options.language',
			'options.maxChars',
			'options.maxDuration',
			'options.maxParallel',
			'options.maxRetries',
			'options.maxWords',
			'options.pollIntervalSeconds',
			'options.requestsPerMinute',
			'options.sentenceAware',
			'options.speakerCount',
			'options.stripChars',
			'options.timeoutMinutes',
			'options.webhookUrl',
			'resource',
			'returnAll',
			'simplify',
			'transcriptionId',
			'uploadId',
			'url',
			'wait',
		]);
	});

	it('has the choices that workflows store', () => {
		const valuesOf = (name: string) =>
			optionsOf(description.properties.find((property) => property.name === name)!)
				.map(({ value }) => value)
				.sort();

		expect(valuesOf('inputType')).toEqual(['binaryFile', 'uploadId', 'url']);
		expect(valuesOf('format')).toEqual(['srt', 'txt', 'vtt']);
		expect(valuesOf('wait')).toEqual(expect.arrayContaining(['none', 'poll']));
	});

	it('says in the node panel what each operation does', () => {
		for (const resource of ['account', 'file', 'transcription']) {
			for (const { action, description: text, name } of operationsOf(resource)) {
				expect(action).toMatch(/^[A-Z][^A-Z]*$/);
				expect(text).toBeTruthy();
				expect(name).toMatch(/^[A-Z]/);
			}
		}
	});

	it('knows the 119 languages of Scriptivox', () => {
		const [, language] = parametersOf(description.properties).find(
			([path]) => path === 'options.language',
		)!;
		const codes = optionsOf(language).map(({ value }) => value);

		expect(codes).toHaveLength(119);
		expect(codes).toEqual(expect.arrayContaining(['en', 'jw', 'yue', 'ckb', 'umb', 'zu']));
	});

	it('shows each field for its operations alone', () => {
		for (const property of description.properties) {
			if (['resource', 'operation'].includes(property.name)) continue;
			expect(property.displayOptions?.show?.resource).toHaveLength(1);
			expect(property.displayOptions?.show?.operation).toHaveLength(1);
		}
	});

	it('has a list method for each locator', () => {
		const { methods } = new Scriptivox();
		for (const [, { type, modes }] of parametersOf(description.properties)) {
			if (type !== 'resourceLocator') continue;
			const list = modes!.find(({ name }) => name === 'list')!;
			expect(methods.listSearch).toHaveProperty(list.typeOptions!.searchListMethod!);
		}
	});
});

describe('the Scriptivox trigger', () => {
	const { description } = new ScriptivoxTrigger();

	it('has the names that workflows store', () => {
		expect(description.name).toBe('scriptivoxTrigger');
		expect(description.webhooks).toMatchObject([{ httpMethod: 'POST', path: 'webhook' }]);
		expect(parametersOf(description.properties).map(([path]) => path)).toEqual(
			expect.arrayContaining(['events', 'options.toleranceSeconds', 'options.fetchTranscript']),
		);
	});

	it('starts with the ends of a job, good and bad', () => {
		const events = description.properties.find(({ name }) => name === 'events')!;

		expect(events.default).toEqual(['transcription.completed', 'transcription.failed']);
	});
});

describe('the Scriptivox credential', () => {
	const credential = new ScriptivoxApi();

	it('has the names that workflows store', () => {
		expect(credential.name).toBe('scriptivoxApi');
		expect(credential.properties.map(({ name }) => name)).toEqual(['apiKey', 'baseUrl']);
	});

	it('hides the key as it is typed', () => {
		expect(credential.properties[0]).toMatchObject({ typeOptions: { password: true } });
	});

	it('points at the vendor', () => {
		expect(credential.properties[1]!.default).toBe('https://api.scriptivox.com/v1');
	});
});

describe('the pack', () => {
	it('lists Scriptivox in its manifest', () => {
		expect(packageJson.n8n.nodes).toEqual(
			expect.arrayContaining([
				'dist/nodes/Scriptivox/Scriptivox.node.js',
				'dist/nodes/Scriptivox/ScriptivoxTrigger.node.js',
			]),
		);
		expect(packageJson.n8n.credentials).toContain('dist/credentials/ScriptivoxApi.credentials.js');
	});

	it.each(['Scriptivox', 'ScriptivoxTrigger'])('has the icons and the codex of %s', (name) => {
		const folder = resolve('nodes/Scriptivox');
		const node = nodes.find(({ constructor }) => constructor.name === name)!;
		const { light, dark } = node.description.icon as { light: string; dark: string };
		for (const icon of [light, dark]) {
			expect(existsSync(resolve(folder, icon.replace('file:', '')))).toBe(true);
		}

		const codex = JSON.parse(readFileSync(resolve(folder, `${name}.node.json`), 'utf8'));
		expect(codex.node).toBe(`n8n-nodes-transcription.${node.description.name}`);
		expect(codex.codexVersion).toBe('1.0');
	});
});
