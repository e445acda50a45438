import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { IConnections, INode } from 'n8n-workflow';
import { projectFolder } from '../paths';

/** Where a Code node's parameter `jsCode` says which file of templates/src it is built from. */
export interface CodeReference {
	/** For example 'code/report.js'. */
	file: string;
}

/** A node as its source has it: code is a reference, the text of a note a list of its lines. */
export interface SourceNode extends Partial<Omit<INode, 'name' | 'id' | 'parameters'>> {
	name: string;
	id: string;
	/** Left out by a node of a variant where its base's are the same. */
	parameters?: Record<string, unknown>;
}

/** The folders of templates/: small workflows to begin with, and those that lose nothing. */
export const shelves = ['starters', 'production'] as const;

export type Shelf = (typeof shelves)[number];

/** A template as templates/src/<shelf>/<name>/workflow.json has it. */
export interface TemplateSource {
	/** The template that this one differs from; see variant.ts. */
	variantOf?: string;
	/** What the base's parameters hold, and what the variant has in its place: its table's name. */
	inPlaceOf?: Record<string, string>;
	name: string;
	settings?: Record<string, unknown>;
	nodes: SourceNode[];
	connections: IConnections;
	pinData?: Record<string, unknown>;
}

/** All that templates are built from. */
export interface Sources {
	/** By the template's name, e.g. 'folder-watcher'. */
	templates: Record<string, TemplateSource>;
	/** Where each of them belongs, by its name. */
	shelfOf: Record<string, Shelf>;
	/** Text of each code file by its name in templates/src, e.g. 'code/report.js'. */
	code: Record<string, string>;
}

export const sourceFolder = join(projectFolder, 'templates', 'src');
const codeFolder = 'code';
const workflowFile = 'workflow.json';

/** The file of a template's source, e.g. 'production/folder-watcher/workflow.json' in templates/src. */
export function workflowFileOf(name: string, shelfOf: Sources['shelfOf']): string {
	return `${shelfOf[name]}/${name}/${workflowFile}`;
}

/** Reads templates/src, or another folder of its shape. */
export async function readSources(folder = sourceFolder): Promise<Sources> {
	const found = await readdir(folder, { recursive: true });
	const files = found.map((file) => file.replaceAll(sep, '/')).sort();
	const sources: Sources = { templates: {}, shelfOf: {}, code: {} };
	for (const file of files) {
		const shelf = shelves.find((each) => file.startsWith(`${each}/`));
		if (shelf && file.endsWith(`/${workflowFile}`)) {
			const name = basename(dirname(file));
			const text = await readFile(join(folder, file), 'utf8');
			sources.templates[name] = JSON.parse(text) as TemplateSource;
			sources.shelfOf[name] = shelf;
		} else if (file.startsWith(`${codeFolder}/`) && file.endsWith('.js')) {
			sources.code[file] = await readFile(join(folder, file), 'utf8');
		}
	}
	return sources;
}

/** The file that a Code node is built from; nothing for a node without code. */
export function codeFileOf({ parameters }: { parameters?: unknown }): string | undefined {
	const { jsCode } = (parameters ?? {}) as { jsCode?: CodeReference | string };
	return typeof jsCode === 'object' ? jsCode.file : undefined;
}
