import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { INode } from 'n8n-workflow';
import { projectFolder } from '../../../dev/paths';
import { build, derivedTemplates } from '../../../dev/templates/build';
import type { BuiltTemplate } from '../../../dev/templates/build';
import { sourceText } from '../../../dev/templates/layout';
import { readSources } from '../../../dev/templates/sources';
import type { Sources } from '../../../dev/templates/sources';
import { take } from '../../../dev/templates/take';
import { templateNames } from '../../../dev/templates/template';
import { takeTemplate } from '../../../dev/templates/workshop';

const names = templateNames().filter((name) => !derivedTemplates[name]);
let sources: Sources;

beforeAll(async () => {
	sources = await readSources();
});

/** What the editor downloads after a template was imported, given credentials and looked at. */
function exported(name: string): BuiltTemplate & Record<string, unknown> {
	const workflow = structuredClone(build(name, sources));
	const nodes = workflow.nodes.map((node, index) => {
		const { parameters, type, typeVersion, position, name: called, ...others } = node;
		const credentials = { someApi: { id: `${index}`, name: 'Mine' } };
		const id = `new-${index}`;
		const address = node.webhookId ? { webhookId: `new-webhook-${index}` } : {};
		const whole = { parameters, type, typeVersion, position, ...others, id, name: called };
		return { ...whole, ...address, credentials } as INode;
	});
	return {
		...workflow,
		nodes,
		id: 'Xs4',
		active: true,
		versionId: 'v',
		tags: [],
		settings: { ...workflow.settings, errorWorkflow: 'Yz5', callerPolicy: 'any' },
		meta: { instanceId: 'somebody' },
		pinData: { [nodes[0]!.name]: [{ json: { private: true } }] },
	};
}

const takeWorkflow = (name: string, workflow: object) =>
	take(name, JSON.stringify(workflow), 'download.json', sources);

function nodeOf({ nodes }: BuiltTemplate, name: string): INode {
	return nodes.find((node) => node.name === name)!;
}

describe('taking a template back from the editor', () => {
	it.each(names)('leaves the source of %s as it is, when nothing was edited', (name) => {
		const { source, code, dropped } = takeWorkflow(name, build(name, sources));

		expect(sourceText(source)).toBe(sourceText(sources.templates[name]));
		expect({ code, dropped }).toEqual({ code: {}, dropped: [] });
	});

	it.each(names)('leaves out what belongs to the n8n that %s was exported from', (name) => {
		const { source, code, dropped } = takeWorkflow(name, exported(name));

		expect(sourceText(source)).toBe(sourceText(sources.templates[name]));
		expect(code).toEqual({});
		expect(dropped).toContain('pinned data');
		expect(dropped).toContain("the workflow's settings errorWorkflow, callerPolicy");
		expect(dropped).toContain(`the credential of "${sources.templates[name]!.nodes[0]!.name}"`);
	});

	it('keeps what was edited, whatever it was, and changes nothing else', () => {
		const edit = fc.record({
			template: fc.constantFrom(...names),
			node: fc.nat(),
			position: fc.tuple(fc.integer(), fc.integer()),
			rename: fc.boolean(),
			remove: fc.boolean(),
			turn: fc.boolean(),
		});
		fc.assert(
			fc.property(edit, ({ template, node, position, rename, remove, turn }) => {
				const workflow = structuredClone(build(template, sources));
				const edited = workflow.nodes[node % workflow.nodes.length]!;
				edited.position = position;
				edited.notes = 'Look here.';
				if (rename) renameNode(workflow, edited, `${edited.name} again`);
				if (remove) removeNode(workflow, (node + 1) % workflow.nodes.length);
				const file = turn ? { ...workflow, nodes: [...workflow.nodes].reverse() } : workflow;

				const { source, code } = takeWorkflow(template, file);

				const taken = { ...sources.templates, [template]: source };
				const { nodes, ...others } = build(template, { ...sources, templates: taken });
				expect({ ...others, nodes: sorted(nodes) }).toEqual({
					...workflow,
					nodes: sorted(workflow.nodes),
				});
				if (!remove) expect(nodes.map(({ id }) => id)).toEqual(workflow.nodes.map(({ id }) => id));
				expect(code).toEqual({});
			}),
			{ numRuns: 150 },
		);
	});

	it.each([
		['google-drive-transcripts', 'When a File Arrives', 'folderToWatch'],
		['dropbox-captions', 'When a File Arrives', 'folder'],
	])('forgets the folder that somebody picked in %s', (name, node, parameter) => {
		const workflow = exported(name);
		const { parameters } = nodeOf(workflow, node);
		expect(parameters[parameter]).toMatchObject({ __rl: true, value: '' });
		const cachedResultName = 'Board minutes';
		parameters[parameter] = { __rl: true, mode: 'list', value: 'abc', cachedResultName };

		expect(takeWorkflow(name, workflow).source).toEqual(sources.templates[name]);
	});

	it('writes edited code back to its file', () => {
		const workflow = exported('failed-jobs');
		const { parameters } = nodeOf(workflow, 'Report');
		parameters.jsCode = String(parameters.jsCode).replaceAll('Needs a human', 'Look at it');

		const { source, code } = takeWorkflow('failed-jobs', workflow);

		expect(source).toEqual(sources.templates['failed-jobs']);
		expect(code).toEqual({
			'code/failureReport.js': sources.code['code/failureReport.js']!.replaceAll(
				'Needs a human',
				'Look at it',
			),
		});
	});

	it('gives a new Code node the file that holds its code', () => {
		const workflow = exported('failed-jobs');
		const { parameters } = nodeOf(workflow, 'Report');
		const added = { ...nodeOf(workflow, 'Report'), id: 'added', name: 'Report Again', parameters };
		workflow.nodes.push(added);

		const { nodes } = takeWorkflow('failed-jobs', workflow).source;

		expect(nodes.at(-1)).toMatchObject({
			name: 'Report Again',
			id: 'added',
			parameters: { jsCode: { file: 'code/failureReport.js' } },
		});
	});

	it('makes the source of a new template', () => {
		const { source } = takeWorkflow('new-one', exported('transcript-to-posts'));

		expect(Object.keys(source)).toEqual(['name', 'settings', 'nodes', 'connections']);
		expect(source.nodes).toHaveLength(sources.templates['transcript-to-posts']!.nodes.length);
		expect(JSON.stringify(source)).not.toContain('Mine');
	});
});

describe('code that was edited in the editor', () => {
	const node = 'Next Rows';
	/** The one template's source, so that nothing is shared. */
	const alone = () => {
		const { 'folder-watcher': watcher } = sources.templates;
		return { ...sources, templates: { 'folder-watcher': watcher! } };
	};
	const takeEdited = (...edits: Array<[string, string]>) => {
		const workflow = exported('folder-watcher');
		for (const [from, to] of edits) editCode(nodeOf(workflow, node), from, to);
		return take('folder-watcher', JSON.stringify(workflow), 'x.json', alone()).code;
	};

	it.each([
		['the first', 'code/nextRows.js', 'const now = Date.now();', 'const now = +new Date();'],
		['one in the middle', 'code/placeFile.js', "'EMLINK', ", "'EMLINK', 'ENOENT', "],
		['one with a constant', 'code/fittingName.js', 'BYTES = 255', 'BYTES = 99'],
	])('goes into the file of its function: %s', (_which, file, from, to) => {
		expect(sources.code[file]).toContain(from);

		expect(takeEdited([from, to])).toEqual({ [file]: sources.code[file]!.replace(from, to) });
	});

	it('goes into two files where two functions were edited', () => {
		const code = takeEdited(
			['const now = Date.now();', 'const now = +new Date();'],
			['BYTES = 255', 'BYTES = 99'],
		);

		expect(Object.keys(code).sort()).toEqual(['code/fittingName.js', 'code/nextRows.js']);
	});

	it('keeps a function that was added in the file of the one before it', () => {
		const added = 'function twice(x) {\n\treturn x + x;\n}\n\n/**\n * Gives a file a name that';
		const code = takeEdited(['/**\n * Gives a file a name that', added]);

		expect(Object.values(code).join()).toContain('function twice(x)');
		expect(Object.keys(code)).toHaveLength(1);
	});

	it.each<[string, [string, string]]>([
		['what it needs of Node.js', ['const { copyFile, ', 'const { chmod, copyFile, ']],
		['the call at its end', ['return await nextRows(', 'return nextRows(']],
		['all of it', ['', '']],
	])('is refused where it cannot be told whose it is: %s', (what, [from, to]) => {
		const workflow = exported('folder-watcher');
		if (what === 'all of it') nodeOf(workflow, node).parameters.jsCode = 'return [];';
		else editCode(nodeOf(workflow, node), from, to);

		expect(() => take('folder-watcher', JSON.stringify(workflow), 'x.json', alone())).toThrow(
			'What was edited in "Next Rows" cannot be written back: it changes several of ' +
				'code/nextRows.js, code/ownWork.js',
		);
	});
});

describe('a workflow that cannot be taken', () => {
	const node = { name: 'A', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };
	const wires = (to: unknown) => ({ A: { main: [[{ node: to, type: 'main', index: 0 }]] } });
	const whole = { name: 'W', nodes: [node], connections: {} };

	it.each<[string, string]>([
		['{', 'it is not JSON'],
		['', 'it is not JSON'],
		['null', 'it holds no object'],
		['[]', 'it holds no object'],
		['{"name":"W"}', 'it has no nodes'],
		['{"nodes":[],"connections":{}}', 'it has no name'],
		[JSON.stringify({ ...whole, nodes: [null] }), 'its node 1 lacks a name'],
		[JSON.stringify({ ...whole, nodes: [node, { ...node, name: 1 }] }), 'its node 2 lacks a name'],
		[JSON.stringify({ ...whole, nodes: [{ ...node, position: [0] }] }), 'its node 1 lacks a name'],
		[JSON.stringify({ ...whole, nodes: [node, node] }), 'it has two nodes "A"'],
		[JSON.stringify({ ...whole, connections: undefined }), 'it has no connections'],
		[JSON.stringify({ ...whole, connections: wires('B') }), 'to "B", which is no node'],
		[JSON.stringify({ ...whole, connections: { A: 'B' } }), 'the wires from "A" cannot be read'],
		[JSON.stringify({ ...whole, connections: { B: {} } }), 'to "B", which is no node'],
		[JSON.stringify({ ...whole, settings: 'v1' }), 'its settings are no object'],
	])('is one that is none: %s', (text, reason) => {
		const taking = () => take('failed-jobs', text, 'download.json', sources);

		expect(taking).toThrow("download.json is no workflow of n8n's editor:");
		expect(taking).toThrow(reason);
	});

	it.each<[string, string, object]>([
		['an API key in a header', 'value', { name: 'x-api-key', value: 'simulated' }],
		['a header Authorization', 'value', { name: 'Authorization', value: 'some-thing' }],
		['a token as a parameter', 'apiToken', { apiToken: 'abc' }],
		['a secret in an assignment', 'value', { name: 'webhookSecret', value: 'abc', type: 'string' }],
		['a password', 'password', { password: '1234' }],
		['a bearer token in an expression', 'url', { url: '={{ "Bearer abcdef0123456789" }}' }],
		['a key of Scriptivox', 'text', { text: 'use sk_live_4fGh56Jk' }],
		['a key of Scripe', 'text', { text: 'scripe_sk_test_4fGh56Jk' }],
		['a key of Transcripton', 'text', { text: 'ts_0aB1cD2eF3gH4' }],
		['a key of OpenAI', 'text', { text: 'sk-proj-0aB1cD2eF3gH4' }],
		['a token of a signed-in user', 'text', { text: 'eyJhbGciOiJI.eyJzdWIiOiIx.x' }],
		['a password in a link', 'url', { url: 'https://me:secret@example.com/' }],
		['a signed link', 'url', { url: 'https://a.example/f?X-Amz-Signature=0123456789ab' }],
		['a key of hexadecimal digits', 'text', { text: '0123456789abcdef0123456789abcdef' }],
		['a private key', 'text', { text: '-----BEGIN PRIVATE KEY-----' }],
		['a key in code', 'jsCode', { jsCode: "const key = 'sk_live_4fGh56Jk';" }],
	])('holds %s', (_what, place, parameters) => {
		const workflow = exported('guest-uploads');
		workflow.nodes.push({ ...node, id: 'x', name: 'Typed', parameters } as unknown as INode);
		const taking = () => takeWorkflow('guest-uploads', workflow);

		expect(taking).toThrow('download.json holds what looks like a key or token, which belongs');
		expect(taking).toThrow(`  Typed: ${place}`);
		const secrets = Object.values(parameters).filter((value) => /[0-9]{4}/.test(String(value)));
		for (const secret of secrets) expect(taking).not.toThrow(String(secret));
	});

	it('holds a key in the notes of a node', () => {
		const workflow = exported('guest-uploads');
		const notes = 'the key is sk_live_4fGh56Jk';
		workflow.nodes.push({ ...node, id: 'x', name: 'Typed', notes } as unknown as INode);

		expect(() => takeWorkflow('guest-uploads', workflow)).toThrow('  Typed: notes');
	});

	it.each([
		['code of its own', { jsCode: 'return [];' }],
		['none', {}],
		['code in another language', { language: 'pythonNative', pythonCode: 'return []' }],
	])('has a Code node that matches no source: %s', (_what, parameters) => {
		const workflow = exported('failed-jobs');
		const type = 'n8n-nodes-base.code';
		workflow.nodes.push({ ...node, id: 'x', name: 'Own', type, parameters } as unknown as INode);

		expect(() => takeWorkflow('failed-jobs', workflow)).toThrow(
			'The Code node "Own" has no source: put its code into a file of templates/src/code/',
		);
	});

	it.each([
		['folder-watcher', 'Next Rows', 'folder-watcher-any-provider'],
		['folder-watcher-any-provider', 'Next Rows', 'folder-watcher'],
	])('edits code of %s, %s, that another template uses', (name, node, other) => {
		const workflow = exported(name);
		editCode(nodeOf(workflow, node), 'const NAME_BYTES = 255', 'const NAME_BYTES = 99');

		expect(() => takeWorkflow(name, workflow)).toThrow(
			`What was edited stands in templates/src/code/fittingName.js, which ${other} uses too.`,
		);
	});

	it('edits code of a variant that its base has', () => {
		const workflow = exported('rate-limited-backlog-redis');
		editCode(nodeOf(workflow, 'Uploaded File'), '.all()', '.all(0)');

		expect(() => takeWorkflow('rate-limited-backlog-redis', workflow)).toThrow(
			'stands in templates/src/code/uploadedFile.js, which rate-limited-backlog uses too.',
		);
	});

	it('edits a function of one node that another of its nodes needs as it is', () => {
		const { 'folder-watcher': watcher } = sources.templates;
		const workflow = exported('folder-watcher');
		editCode(nodeOf(workflow, 'Next Rows'), '${stats.ino}:', '');

		expect(() =>
			take('folder-watcher', JSON.stringify(workflow), 'x.json', {
				...sources,
				templates: { 'folder-watcher': watcher! },
			}),
		).toThrow('"Look into the Folder" shares code with another node, but not what was edited.');
	});

	it('edits code that two of its nodes share in two ways', () => {
		const workflow = exported('failed-jobs');
		const added = structuredClone(nodeOf(workflow, 'Report'));
		workflow.nodes.push({ ...added, id: 'again', name: 'Report Again' });
		const { source } = takeWorkflow('failed-jobs', workflow);
		const templates = { ...sources.templates, 'failed-jobs': source };
		editCode(nodeOf(workflow, 'Report'), '12000', '1');
		editCode(nodeOf(workflow, 'Report Again'), '12000', '2');

		expect(() =>
			take('failed-jobs', JSON.stringify(workflow), 'x.json', { ...sources, templates }),
		).toThrow('"Report" shares code with another node, but not what was edited.');
	});

	it('is one of a source that names a missing code file', () => {
		const { 'code/failureReport.js': lost, ...code } = sources.code;

		expect(lost).toBeDefined();
		expect(() =>
			take('failed-jobs', JSON.stringify(exported('failed-jobs')), 'x.json', { ...sources, code }),
		).toThrow(
			'templates/src/production/failed-jobs/workflow.json: the Code node "Report" names code/failureReport.js',
		);
	});

	it('is one that code makes of another', () => {
		expect(() => takeWorkflow('folder-watcher-polling', build('folder-watcher', sources))).toThrow(
			'folder-watcher-polling is made of folder-watcher by code: take folder-watcher instead.',
		);
	});

	it.each(['../evil', 'code', 'Folder', 'a/b', '', '.', 'a--b'])('has no name as %p', (name) => {
		expect(() => takeWorkflow(name, exported('failed-jobs'))).toThrow(
			`"${name}" is no name of a template`,
		);
	});
});

describe('the files of a take', () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'templates-'));
		await cp(join(projectFolder, 'templates'), join(folder, 'templates'), { recursive: true });
	});

	afterEach(async () => await rm(folder, { recursive: true }));

	async function contents(): Promise<Record<string, string>> {
		const files = await readdir(join(folder, 'templates'), { recursive: true });
		const read = files
			.filter((file) => /\.\w+$/.test(file))
			.map(async (file) => {
				return [file, await readFile(join(folder, 'templates', file), 'utf8')] as const;
			});
		return Object.fromEntries(await Promise.all(read));
	}

	async function takeFrom(name: string, workflow: object): Promise<string[]> {
		const file = join(folder, 'download.json');
		await writeFile(file, JSON.stringify(workflow));
		return await takeTemplate(join(folder, 'templates'), name, file);
	}

	it('are those that changed, built ones and variants too', async () => {
		const before = await contents();
		const workflow = exported('rate-limited-backlog');
		nodeOf(workflow, 'Next Link').position = [1, 2];
		editCode(nodeOf(workflow, 'Uploaded File'), '.all()', '.all(0)');

		const lines = await takeFrom('rate-limited-backlog', workflow);

		const after = await contents();
		const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
		expect(changed.sort()).toEqual([
			'production/rate-limited-backlog-redis.json',
			'production/rate-limited-backlog.json',
			'src/code/uploadedFile.js',
			'src/production/rate-limited-backlog/workflow.json',
		]);
		expect(lines).toContain('Changed templates/src/code/uploadedFile.js.');
		expect(lines).toContain('Built templates/production/rate-limited-backlog-redis.json.');
	});

	it.each<[string, string, (workflow: BuiltTemplate) => object]>([
		['is no workflow', 'is no workflow', () => []],
		[
			'holds a key',
			'holds what looks like a key',
			({ nodes: [first, ...others], ...workflow }) => ({
				...workflow,
				nodes: [{ ...first, parameters: { apiKey: 'abc' } }, ...others],
			}),
		],
		[
			'has code without a source',
			'has no source',
			({ nodes, ...workflow }) => ({
				...workflow,
				nodes: [...nodes, { ...nodes[0], name: 'Own', parameters: { jsCode: 'x' } }],
			}),
		],
		[
			'breaks what is made of it',
			'There is no "When a Transcription Ends" that leads anywhere.',
			(workflow) => ({ ...workflow, connections: {} }),
		],
	])('are as they were after one that %s', async (_what, message, edit) => {
		const before = await contents();

		await expect(takeFrom('folder-watcher', edit(exported('folder-watcher')))).rejects.toThrow(
			message,
		);

		expect(await contents()).toEqual(before);
	});

	it.each([
		['starters/voice-note', 'starters/voice-note.json'],
		['production/archive', 'production/archive.json'],
	])('go where a new template says that it belongs: %s', async (given, file) => {
		const lines = await takeFrom(given, exported('failed-jobs'));

		expect(lines).toContain(`Built templates/${file}.`);
		expect(Object.keys(await contents())).toContain(`src/${given}/workflow.json`);
	});

	it.each([
		['voice-note', 'voice-note is new: say where it belongs, starters/voice-note or production/'],
		['starters/failed-jobs', 'failed-jobs belongs to production.'],
		['other/voice-note', '"other/voice-note" is no name of a template'],
		['starters/', '"" is no name of a template'],
	])('stay as they are for the name %p', async (given, message) => {
		const before = await contents();

		await expect(takeFrom(given, exported('failed-jobs'))).rejects.toThrow(message);

		expect(await contents()).toEqual(before);
	});

	it('cannot be changed by a file that is not there', async () => {
		await expect(
			takeTemplate(join(folder, 'templates'), 'failed-jobs', join(folder, 'lost.json')),
		).rejects.toThrow(/lost\.json cannot be read: ENOENT/);
	});
});

function editCode({ parameters }: INode, from: string, to: string): void {
	const code = String(parameters.jsCode);
	expect(code).toContain(from);
	parameters.jsCode = code.replace(from, () => to);
}

function sorted(nodes: INode[]): INode[] {
	return [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function renameNode(workflow: BuiltTemplate, node: INode, name: string): void {
	const renamed = JSON.stringify(workflow.connections).replaceAll(
		JSON.stringify(node.name),
		JSON.stringify(name),
	);
	workflow.connections = JSON.parse(renamed) as BuiltTemplate['connections'];
	node.name = name;
}

function removeNode(workflow: BuiltTemplate, index: number): void {
	const [removed] = workflow.nodes.splice(index, 1);
	delete workflow.connections[removed!.name];
	for (const outputs of Object.values(workflow.connections)) {
		for (const [type, lists] of Object.entries(outputs)) {
			outputs[type] = lists.map((list) =>
				(list ?? []).filter(({ node }) => node !== removed!.name),
			);
		}
	}
}
