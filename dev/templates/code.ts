import { basename, dirname, posix } from 'node:path';

/** A file of templates/src/code: one exported function, which bears the file's name. */
interface CodeFile {
	/** Names that it imports from Node.js, by module. */
	builtIns: Array<{ names: string[]; module: string }>;
	/** The files that it imports, e.g. 'code/statsOf.js'. */
	files: string[];
	/** Its code without imports and exports. */
	piece: string;
}

const importForm = /^import \{([^}]*)\} from '([^']+)';\n/gm;
const between = '\n\n';

/**
 * What a Code node runs: what its file and those that this one imports need of Node.js, their code
 * without `import` and `export`, and a call of the file's function with what it takes of n8n's `$`
 * and `$input`.
 *
 * @param file name in templates/src, e.g. 'code/failureReport.js'
 * @param code the text of each file by its name
 * @throws Error when a file that is imported is not there
 */
export function bodyOf(file: string, code: Record<string, string>): string {
	const bundle = bundleOf(file, code);
	const pieces = bundle.map((each) => parsed(each, code).piece);
	return [headOf(bundle, code), ...pieces, callOf(file, code)].filter(Boolean).join(between);
}

/** A file and all that it imports, each once: what the node does is read first. */
export function bundleOf(file: string, code: Record<string, string>): string[] {
	const { files } = parsed(file, code);
	return [...new Set([file, ...files.flatMap((each) => bundleOf(each, code))])];
}

function headOf(bundle: string[], code: Record<string, string>): string {
	const builtIns = bundle.flatMap((each) => parsed(each, code).builtIns);
	const modules = [...new Set(builtIns.map(({ module }) => module))];
	const lines = modules.map((module) => {
		const imports = builtIns.filter((each) => each.module === module);
		const names = [...new Set(imports.flatMap((each) => each.names))].sort();
		return `const { ${names.join(', ')} } = require('${module}');`;
	});
	return lines.join('\n');
}

/** Only what the function takes: n8n reads in the code what it has to fetch for the node. */
function callOf(file: string, code: Record<string, string>): string {
	const name = basename(file, '.js');
	const taken = new RegExp(`^export (?:async )?function ${name}\\((.*)\\) \\{$`, 'm').exec(
		code[file]!,
	);
	return `return await ${name}(${taken?.[1] ?? ''});`;
}

function parsed(file: string, code: Record<string, string>): CodeFile {
	const text = code[file];
	if (text === undefined) throw new Error(`There is no ${file} in templates/src.`);
	const imports = [...text.matchAll(importForm)].map(([, names, module]) => ({
		names: names!.split(',').flatMap((name) => name.trim() || []),
		module: module!,
	}));
	const isFile = (module: string) => module.startsWith('.');
	return {
		builtIns: imports.filter(({ module }) => !isFile(module)),
		files: imports
			.filter(({ module }) => isFile(module))
			.map(({ module }) => posix.join(dirname(file), module)),
		piece: text
			.replace(importForm, '')
			.replace(/^\/\/ @ts-check\n/, '')
			.replace(/^export /m, '')
			.trim(),
	};
}

/**
 * The files that change when a Code node is to run another body.
 *
 * @param file the file that it is built from
 * @param body what was edited in n8n's editor
 * @returns the new text of each file that changes, by its name; undefined where it cannot be told
 *   which file a change belongs to
 */
export function withBody(
	file: string,
	body: string,
	code: Record<string, string>,
): Record<string, string> | undefined {
	const bundle = bundleOf(file, code);
	const pieces = bundle.map((each) => parsed(each, code).piece);
	const blocks = [headOf(bundle, code), ...pieces, callOf(file, code)].filter(Boolean);
	const edited = editedBlocks(blocks, body);
	if (!edited) return undefined;
	const editedPieces = edited.slice(blocks.length - pieces.length - 1, -1);
	const changed = bundle.flatMap((each, index) => {
		const piece = editedPieces[index]!;
		return piece === pieces[index] ? [] : [[each, withPiece(code[each]!, piece, each)]];
	});
	const files = Object.fromEntries(changed) as Record<string, string>;
	return bodyOf(file, { ...code, ...files }) === body ? files : undefined;
}

/** The text of each block after the edit: what lies between two that are as they were is one's. */
function editedBlocks(blocks: string[], body: string): string[] | undefined {
	const edited: string[] = [];
	let rest = body;
	for (const [index, block] of blocks.entries()) {
		const following = blocks[index + 1];
		if (following === undefined) {
			edited.push(rest);
			break;
		}
		const length = rest.startsWith(block + between)
			? block.length
			: rest.indexOf(between + following);
		if (length === -1) return undefined;
		edited.push(rest.slice(0, length));
		rest = rest.slice(length + between.length);
	}
	return edited;
}

/** The file's text with its imports, and with other code. */
function withPiece(text: string, piece: string, file: string): string {
	const head = [...text.matchAll(importForm)].map(([line]) => line).join('');
	const name = basename(file, '.js');
	const exported = piece.replace(new RegExp(`^((async )?function ${name}\\b)`, 'm'), 'export $1');
	return `// @ts-check\n${head}\n${exported}\n`;
}
