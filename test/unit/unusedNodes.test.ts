import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { N8nInstallation } from '../../dev/n8n/installation';
import { unusedNodes } from '../../dev/n8n/unusedNodes';
import { readTemplate, templateNames } from '../../dev/templates/template';

// put together, so that this file names none of them
const named = (packageName: string, type: string) => [packageName, type].join('.');
const base = 'n8n-nodes-base';
const langchain = '@n8n/n8n-nodes-langchain';

let folder: string;

/** An installed n8n, as far as it lists its nodes. */
async function installation(types: Record<string, string[]>): Promise<N8nInstallation> {
	for (const [name, listed] of Object.entries(types)) {
		const known = join(folder, 'node_modules', name, 'dist', 'known');
		await mkdir(known, { recursive: true });
		const nodes = Object.fromEntries(listed.map((type) => [type, {}]));
		await writeFile(join(known, 'nodes.json'), JSON.stringify(nodes));
	}
	return { folder } as N8nInstallation;
}

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'nodes-'));
});

afterEach(async () => await rm(folder, { recursive: true }));

it('are those that no workflow has', async () => {
	const n8n = await installation({
		[base]: ['scheduleTrigger', 'neverHeardOf'],
		[langchain]: ['agent', 'neverHeardOf'],
	});

	expect(unusedNodes(n8n)).toEqual([named(base, 'neverHeardOf'), named(langchain, 'neverHeardOf')]);
});

it('are none of those that a template has, as a step or as a tool of an agent', async () => {
	const templates = await Promise.all(templateNames().map((name) => readTemplate(name)));
	const types = templates.flatMap(({ nodes }) => nodes.map(({ type }) => type));
	const ofBase = types
		.filter((type) => type.startsWith(`${base}.`))
		.map((type) => type.split('.')[1]!);
	const asSteps = ofBase.map((type) => type.replace(/Tool$/, ''));

	expect(unusedNodes(await installation({ [base]: asSteps, [langchain]: [] }))).toEqual([]);
});
