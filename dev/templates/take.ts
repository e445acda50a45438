import { isDeepStrictEqual } from 'node:util';
import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../n8n/types';
import { derivedTemplates, missingCode } from './build';
import { withoutChoices } from './choices';
import { bodyOf, bundleOf, withBody } from './code';
import { readExport } from './exported';
import { inOrderOf } from './order';
import { codeFileOf, shelves, workflowFileOf } from './sources';
import type { Shelf, SourceNode, Sources, TemplateSource } from './sources';
import { STICKY_NOTE } from './stickyNote';
import { typedSecrets } from './typedSecrets';
import { completed, difference } from './variant';

/** What a template's source becomes. */
export interface Taken {
	source: TemplateSource;
	/** The files of code that were edited, by their name in templates/src. */
	code: Record<string, string>;
	/** What the exported workflow holds and a template does not, in words. */
	dropped: string[];
}

const codeType = 'n8n-nodes-base.code';
const nameForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Settings that say how a workflow runs; the others belong to the n8n that it was exported from. */
const settingsOfTemplates = [
	'executionOrder',
	'saveDataErrorExecution',
	'saveDataSuccessExecution',
	'saveManualExecutions',
	'saveExecutionProgress',
	'executionTimeout',
];

/**
 * Which template is meant by what was typed: its name, and for a new one its folder before it.
 *
 * @param given e.g. 'folder-watcher' or 'starters/voice-note'
 * @throws Error when it is new and does not say where it belongs, or belongs elsewhere
 */
export function placeOf(given: string, { shelfOf }: Sources): { name: string; shelf: Shelf } {
	const shelf = shelves.find((each) => given.startsWith(`${each}/`));
	const name = shelf ? given.slice(shelf.length + 1) : given;
	const known = shelfOf[name];
	if (known && shelf && known !== shelf) throw new Error(`${name} belongs to ${known}.`);
	const place = known ?? shelf;
	if (place) return { name, shelf: place };
	refuseName(given);
	const places = shelves.map((each) => `${each}/${name}`).join(' or ');
	throw new Error(`${name} is new: say where it belongs, ${places}.`);
}

/**
 * Takes a workflow that was exported from the editor back into a template's source, or makes the
 * source of a new template.
 *
 * @param name the template's name, e.g. 'folder-watcher'; the sources say where it belongs
 * @param text the exported file's content
 * @param file the exported file's name, for messages
 * @throws Error when it is no workflow, holds a key or token, or has code that has no place
 */
export function take(name: string, text: string, file: string, sources: Sources): Taken {
	refuseName(name);
	const workflow = readExport(text, file);
	refuseSecrets(workflow, file);
	const known = sources.templates[name] ? completed(name, sources.templates) : undefined;
	const dropped: string[] = [];
	const pairs = pairsOf(workflow, known);
	const { files, code } = takenCode(name, pairs, sources);
	const nodes = pairs.map(({ node, was }) => takenNode(node, was, files.get(node), dropped));
	const whole: TemplateSource = {
		name: workflow.name,
		settings: takenSettings(workflow, known, dropped),
		nodes,
		connections: inOrderOf(known?.connections, workflow.connections),
		...(known?.pinData ? { pinData: known.pinData } : {}),
	};
	if (isPinned(workflow, known)) dropped.push('pinned data');
	const { variantOf, inPlaceOf } = sources.templates[name] ?? {};
	const base = variantOf && completed(variantOf, sources.templates);
	return { source: base ? difference(whole, variantOf, base, inPlaceOf) : whole, code, dropped };
}

/** Whether somebody has pinned something; a template's own sample stays as its source has it. */
function isPinned(workflow: WorkflowJson, known: TemplateSource | undefined): boolean {
	const { pinData = {} } = workflow as { pinData?: Record<string, unknown> };
	return Object.entries(pinData).some(
		([node, items]) => !isDeepStrictEqual(items, known?.pinData?.[node]),
	);
}

function refuseName(name: string): void {
	const derived = derivedTemplates[name];
	if (derived) {
		throw new Error(`${name} is made of ${derived.from} by code: take ${derived.from} instead.`);
	}
	if (!nameForm.test(name) || name === 'code') {
		throw new Error(`"${name}" is no name of a template: small letters, digits and hyphens.`);
	}
}

function refuseSecrets(workflow: WorkflowJson, file: string): void {
	const places = typedSecrets(workflow);
	if (places.length === 0) return;
	throw new Error(
		`${file} holds what looks like a key or token, which belongs into a credential:\n` +
			places.map((place) => `  ${place}`).join('\n'),
	);
}

/** A node as it was exported, and as the source has it. */
interface Pair {
	node: INode;
	was?: SourceNode;
}

/** The exported nodes in the source's order, new ones behind them. */
function pairsOf({ nodes }: WorkflowJson, known: TemplateSource | undefined): Pair[] {
	const left = [...nodes];
	const takeOut = (is: (node: INode) => boolean) => {
		const index = left.findIndex(is);
		return index === -1 ? undefined : left.splice(index, 1)[0];
	};
	// by id first: a name may have been given to another node
	const byId = new Map(
		(known?.nodes ?? []).map((was) => [was, takeOut(({ id }) => id === was.id)]),
	);
	const pairs: Pair[] = [];
	for (const was of known?.nodes ?? []) {
		// the editor gives new ids to what is imported
		const isIt = ({ name, type }: INode) => name === was.name && type === was.type;
		const node = byId.get(was) ?? takeOut(isIt);
		if (node) pairs.push({ node, was });
	}
	return [...pairs, ...left.map((node) => ({ node }))];
}

function takenNode(
	exported: INode,
	was: SourceNode | undefined,
	file: string | undefined,
	dropped: string[],
): SourceNode {
	const { credentials, ...node } = structuredClone(exported);
	if (credentials) dropped.push(`the credential of "${node.name}"`);
	const { parameters, id, name, type, typeVersion, position, webhookId, ...others } = node;
	const given: Record<string, unknown> = withoutChoices(was?.parameters, { ...parameters });
	if (file !== undefined) given.jsCode = { file };
	if (type === STICKY_NOTE) given.content = String(given.content ?? '').split('\n');
	// the editor gives a node that is imported an address of its own, and one to nodes without a webhook
	const address = was ? was.webhookId : webhookId;
	return inOrderOf(was, {
		name,
		type,
		typeVersion,
		position,
		id: was?.id ?? id,
		...(address ? { webhookId: address } : {}),
		...others,
		parameters: given,
	});
}

function takenSettings(
	{ settings = {} }: WorkflowJson,
	known: TemplateSource | undefined,
	dropped: string[],
): Record<string, unknown> {
	const isKept = (key: string) =>
		settingsOfTemplates.includes(key) || key in (known?.settings ?? {});
	const others = Object.keys(settings).filter((key) => !isKept(key));
	if (others.length > 0) dropped.push(`the workflow's settings ${others.join(', ')}`);
	const kept = Object.entries(settings).filter(([key]) => isKept(key));
	return inOrderOf(known?.settings, Object.fromEntries(kept));
}

/** The file of each Code node, and the text of those that were edited. */
function takenCode(
	template: string,
	pairs: Pair[],
	sources: Sources,
): { files: Map<INode, string>; code: Record<string, string> } {
	const files = new Map<INode, string>();
	const source = workflowFileOf(template, sources.shelfOf);
	let code = sources.code;
	for (const { node, was } of pairs.filter(isCode)) {
		const file = (was && codeFileOf(was)) ?? fileWith(bodyIn(node), sources.code);
		if (file === undefined) throw new Error(noSource(source, node));
		if (sources.code[file] === undefined) throw missingCode(source, node.name, file);
		files.set(node, file);
		const isAsItWas = [code, sources.code].some((each) => bodyIn(node) === bodyOf(file, each));
		if (isAsItWas) continue;
		const edited = withBody(file, bodyIn(node), code);
		if (!edited) throw new Error(unclear(node, bundleOf(file, code)));
		code = { ...code, ...edited };
	}
	const changed = Object.entries(code).filter(([file, text]) => sources.code[file] !== text);
	for (const [file] of changed) refuseShared(template, file, sources);
	for (const [node, file] of files) {
		if (bodyIn(node) !== bodyOf(file, code)) {
			throw new Error(`"${node.name}" shares code with another node, but not what was edited.`);
		}
	}
	return { files, code: Object.fromEntries(changed) };
}

function bodyIn({ parameters }: INode): string {
	return String(parameters.jsCode ?? '').replaceAll('\r\n', '\n');
}

function isCode({ node: { type, parameters } }: Pair): boolean {
	return type === codeType || 'jsCode' in parameters || 'pythonCode' in parameters;
}

function fileWith(body: string, code: Record<string, string>): string | undefined {
	return Object.keys(code).find((file) => bodyOf(file, code) === body);
}

function noSource(source: string, { name }: INode): string {
	return (
		`The Code node "${name}" has no source: put its code into a file of templates/src/code/, ` +
		`name the file in templates/src/${source} ` +
		'("jsCode": { "file": "code/….js" }), build with npm run templates, and go on from there.'
	);
}

function unclear({ name }: INode, files: string[]): string {
	return (
		`What was edited in "${name}" cannot be written back: it changes several of ` +
		`${files.join(', ')} at once, what they need of Node.js, or the last line, which is built. ` +
		'Edit the files in templates/src themselves.'
	);
}

function refuseShared(template: string, file: string, sources: Sources): void {
	const isUsedIn = ({ nodes }: TemplateSource) =>
		nodes.some((node) => {
			const its = codeFileOf(node);
			return its !== undefined && bundleOf(its, sources.code).includes(file);
		});
	const others = Object.entries(sources.templates)
		.filter(([other, source]) => other !== template && isUsedIn(source))
		.map(([other]) => other);
	if (others.length === 0) return;
	throw new Error(
		`What was edited stands in templates/src/${file}, which ${others.join(' and ')} uses too. ` +
			'Edit that file itself if both are to change; else give the node a file of its own.',
	);
}
