import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { WorkflowJson } from '../n8n/types';
import { buildAll } from './build';
import { sourceText } from './layout';
import { planOf, withPlan } from './plan';
import { readSources, workflowFileOf } from './sources';
import { placeOf, take } from './take';

const sourceName = 'src';

/**
 * Builds the files of templates/starters and templates/production from templates/src, and the plans of
 * large ones in their pages of the docs.
 *
 * @param folder templates/, or another folder of its shape
 * @returns what was done, a line each
 * @throws Error when a source cannot be built; then nothing is written
 */
export async function buildTemplates(folder: string): Promise<string[]> {
	return await writeBuilt(folder, buildAll(await readSources(join(folder, sourceName))));
}

/**
 * Takes an exported workflow into a template's source, and builds all templates.
 *
 * @param given the template's name, e.g. 'folder-watcher', and for a new one its folder before it,
 *   e.g. 'starters/voice-note'
 * @param file the exported file
 * @returns what was done, a line each
 * @throws Error when it cannot be taken; then nothing is written
 */
export async function takeTemplate(folder: string, given: string, file: string): Promise<string[]> {
	const known = await readSources(join(folder, sourceName));
	const { name, shelf } = placeOf(given, known);
	const sources = { ...known, shelfOf: { ...known.shelfOf, [name]: shelf } };
	const { source, code, dropped } = take(name, await textOf(file), basename(file), sources);
	// all is built before anything is written
	const built = buildAll({
		shelfOf: sources.shelfOf,
		templates: { ...sources.templates, [name]: source },
		code: { ...sources.code, ...code },
	});
	const lines = dropped.map((each) => `Left out: ${each}.`);
	const files = { ...code, [workflowFileOf(name, sources.shelfOf)]: sourceText(source) };
	for (const [path, text] of Object.entries(files)) {
		const isChanged = await writeChanged(join(folder, sourceName, path), text);
		if (isChanged) lines.push(`Changed templates/src/${path}.`);
	}
	return [...lines, ...(await writeBuilt(folder, built))];
}

async function textOf(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw new Error(`${file} cannot be read: ${(error as Error).message}`);
	}
}

async function writeBuilt(folder: string, built: Record<string, string>): Promise<string[]> {
	const lines: string[] = [];
	for (const [file, text] of Object.entries(built)) {
		const isChanged = await writeChanged(join(folder, file), text);
		if (isChanged) lines.push(`Built templates/${file}.`);
	}
	for (const [page, text] of Object.entries(await plannedPages(pagesBeside(folder), built))) {
		const isChanged = await writeChanged(page, text);
		if (isChanged) lines.push(`Changed docs/templates/${basename(page)}.`);
	}
	return lines.length > 0 ? lines : ['All templates are built already.'];
}

function pagesBeside(folder: string): string {
	return join(dirname(folder), 'docs', 'templates');
}

/**
 * The pages of the templates that exist, each with the plan of its workflow.
 *
 * @param pages docs/templates/, or another folder of its shape
 * @param built the text of each built file, by its name in templates/
 * @returns their texts by their paths
 */
export async function plannedPages(
	pages: string,
	built: Record<string, string>,
): Promise<Record<string, string>> {
	const planned: Record<string, string> = {};
	for (const [file, text] of Object.entries(built)) {
		const page = join(pages, `${basename(file, '.json')}.md`);
		const now = await readFile(page, 'utf8').catch(() => undefined);
		if (now !== undefined) {
			planned[page] = withPlan(now, planOf(JSON.parse(text) as WorkflowJson));
		}
	}
	return planned;
}

async function writeChanged(file: string, text: string): Promise<boolean> {
	if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return false;
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, text);
	return true;
}
