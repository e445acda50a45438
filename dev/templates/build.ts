import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../n8n/types';
import { bodyOf } from './code';
import { pollingOnly } from './pollingOnly';
import { codeFileOf, workflowFileOf } from './sources';
import type { Shelf, SourceNode, Sources } from './sources';
import { STICKY_NOTE } from './stickyNote';
import { completed } from './variant';

/** A workflow as templates/<shelf>/<name>.json has it. */
export interface BuiltTemplate extends WorkflowJson {
	pinData: Record<string, unknown>;
	meta: Record<string, unknown>;
}

/** Templates that code makes of another one. */
export const derivedTemplates: Record<
	string,
	{ from: string; derive: (workflow: WorkflowJson) => WorkflowJson }
> = {
	'folder-watcher-polling': { from: 'folder-watcher', derive: pollingOnly },
};

/**
 * Builds every template, derived ones too.
 *
 * @returns the text of each built file, by its name in templates/, e.g.
 *   'production/folder-watcher.json'
 * @throws Error when a source names a code file or a base that does not exist
 */
export function buildAll(sources: Sources): Record<string, string> {
	const { shelfOf } = sources;
	const built = Object.keys(sources.templates).map((name) => [name, build(name, sources)] as const);
	const workflows = Object.fromEntries(built);
	const derived = Object.entries(derivedTemplates).map(([name, { from, derive }]) => {
		if (!workflows[from]) throw new Error(`${name} is made of ${from}, which has no source.`);
		return [builtFileOf(name, shelfOf[from]!), derive(workflows[from]) as BuiltTemplate] as const;
	});
	const own = built.map(([name, each]) => [builtFileOf(name, shelfOf[name]!), each] as const);
	return Object.fromEntries([...own, ...derived].map(([file, each]) => [file, builtText(each)]));
}

/** The file of a built template in templates/, e.g. 'production/folder-watcher.json'. */
export function builtFileOf(name: string, shelf: Shelf): string {
	return `${shelf}/${name}.json`;
}

/**
 * Builds one template that has a source of its own.
 *
 * @throws Error when it names a code file or a base that does not exist
 */
export function build(name: string, sources: Sources): BuiltTemplate {
	const source = completed(name, sources.templates);
	return {
		name: source.name,
		nodes: source.nodes.map((node) => builtNode(node, name, sources)),
		connections: source.connections,
		settings: source.settings ?? {},
		pinData: source.pinData ?? {},
		// keeps the editor from asking for credentials in a dialog of its own before the notes are read
		meta: { templateCredsSetupCompleted: false },
	};
}

function builtNode(source: SourceNode, template: string, { code, shelfOf }: Sources): INode {
	const { name, type, typeVersion, position, id, parameters, ...others } = source;
	const given = { ...parameters } as Record<string, unknown>;
	const file = codeFileOf(source);
	if (file !== undefined) {
		if (code[file] === undefined) {
			throw missingCode(workflowFileOf(template, shelfOf), name, file);
		}
		given.jsCode = bodyOf(file, code);
	}
	if (type === STICKY_NOTE && Array.isArray(given.content)) {
		given.content = given.content.join('\n');
	}
	// in the order in which the editor exports a node
	return { parameters: given, id, name, type, typeVersion, position, ...others } as INode;
}

/**
 * What a source is told that names a code file which is not there.
 *
 * @param source the file of the source in templates/src
 */
export function missingCode(source: string, node: string, file: string): Error {
	return new Error(
		`templates/src/${source}: the Code node "${node}" names ${file || "''"}, ` +
			'but there is no such file in templates/src.',
	);
}

/** A workflow in the layout in which n8n's editor exports it. */
export function builtText(workflow: WorkflowJson): string {
	return `${JSON.stringify(workflow, null, '\t')}\n`;
}
