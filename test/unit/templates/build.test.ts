import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { projectFolder } from '../../../dev/paths';
import { build, buildAll, derivedTemplates } from '../../../dev/templates/build';
import { bodyOf, bundleOf } from '../../../dev/templates/code';
import { sourceText } from '../../../dev/templates/layout';
import {
	codeFileOf,
	readSources,
	sourceFolder,
	workflowFileOf,
} from '../../../dev/templates/sources';
import type { SourceNode, Sources } from '../../../dev/templates/sources';
import { STICKY_NOTE } from '../../../dev/templates/stickyNote';
import { templateNames } from '../../../dev/templates/template';
import { plannedPages } from '../../../dev/templates/workshop';

/** What no code file may go beyond; lower it where the longest one has become shorter. */
const MOST_FUNCTIONS = 4;
const MOST_LINES = 84;

const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => unknown;

/** The template that a test builds: one note and one Code node. */
function sourcesWith(node: Partial<SourceNode>): Sources {
	const whole = { id: '1', name: 'Node', type: 'n8n-nodes-base.code', parameters: {}, ...node };
	const small = { name: 'Small', nodes: [whole], connections: {} };
	const base = { name: 'Folder watcher', nodes: [], connections: {} };
	return {
		templates: { small, 'folder-watcher': base },
		shelfOf: { small: 'starters', 'folder-watcher': 'production' },
		code: {
			'code/report.js':
				"// @ts-check\nimport { link,\n open } from 'fs/promises';\nimport { ten } from './ten.js';\n\n" +
				'/** Says it. */\nexport async function report({ $input }) {\n\treturn ten();\n}\n',
			'code/ten.js':
				"// @ts-check\nimport { link } from 'fs/promises';\nimport { randomUUID } from 'crypto';\n\n" +
				'const TEN = 10;\n\nexport function ten() {\n\treturn TEN;\n}\n',
		},
	};
}

describe('the templates and their source', () => {
	it('are the same: after a change in templates/src, run npm run templates', async () => {
		const sources = await readSources();
		const built = buildAll(sources);
		const differing: string[] = [];
		for (const [path, text] of Object.entries(built)) {
			const file = `templates/${path}`;
			const name = basename(path, '.json');
			const committed = await readFile(join(projectFolder, file), 'utf8').catch(() => undefined);
			const source = workflowFileOf(derivedTemplates[name]?.from ?? name, sources.shelfOf);
			if (committed !== text) differing.push(`${file} and templates/src/${source}`);
		}

		expect(differing).toEqual([]);
		expect(
			Object.keys(built)
				.map((path) => basename(path, '.json'))
				.sort(),
		).toEqual(templateNames());
	});

	it('have the plans of large ones in their pages: run npm run templates as well', async () => {
		const pages = join(projectFolder, 'docs', 'templates');
		const planned = await plannedPages(pages, buildAll(await readSources()));
		const differing: string[] = [];
		for (const [page, text] of Object.entries(planned)) {
			if ((await readFile(page, 'utf8')) !== text) differing.push(basename(page));
		}

		expect(differing).toEqual([]);
		expect(Object.keys(planned)).toHaveLength(templateNames().length);
	});

	it('are laid out so that a node, a wire or a position is a line of its own', async () => {
		const { templates, shelfOf } = await readSources();

		for (const [name, source] of Object.entries(templates)) {
			const text = await readFile(join(sourceFolder, workflowFileOf(name, shelfOf)), 'utf8');
			expect(text).toBe(sourceText(source));
		}
	});

	it('have each body of code once, and no code that no template uses', async () => {
		const { templates, code } = await readSources();
		const files = Object.values(templates).flatMap(({ nodes }) => nodes.map(codeFileOf));
		const used = files.flatMap((file) => (file === undefined ? [] : bundleOf(file, code)));

		expect(Object.keys(code).filter((file) => !used.includes(file))).toEqual([]);
		expect(new Set(Object.values(code)).size).toBe(Object.keys(code).length);
	});

	it('have one function a file, which bears its name', async () => {
		const { code } = await readSources();
		const exported = Object.entries(code).map(([file, text]) => {
			return [file, ...[...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, f]) => f)];
		});

		expect(exported).toEqual(Object.keys(code).map((file) => [file, basename(file, '.js')]));
	});

	it('have small files, with few private functions beside the one that bears the name', async () => {
		const { code } = await readSources();
		const sizes = Object.entries(code).map(([file, text]) => ({
			file,
			lines: text.trimEnd().split('\n').length,
			functions: [...text.matchAll(/^\s*(?:export )?(?:async )?function \w+\(/gm)].length,
		}));
		const most = (key: 'lines' | 'functions') => Math.max(...sizes.map((each) => each[key]));

		expect(sizes.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
		expect(sizes.filter(({ functions }) => functions > MOST_FUNCTIONS)).toEqual([]);
		expect([most('lines'), most('functions')]).toEqual([MOST_LINES, MOST_FUNCTIONS]);
	});

	it('have code that n8n can run', async () => {
		const { templates, code } = await readSources();
		const files = Object.values(templates).flatMap(({ nodes }) => nodes.map(codeFileOf));

		for (const file of files.filter((each) => each !== undefined)) {
			expect(() => new AsyncFunction('$', '$input', 'require', bodyOf(file, code))).not.toThrow();
		}
	});

	it('have no code beside the code files', async () => {
		const { templates } = await readSources();
		const typedIn = Object.entries(templates).flatMap(([name, { nodes }]) =>
			nodes
				.filter(({ parameters }) => typeof parameters?.jsCode === 'string')
				.map((node) => `${name}: ${node.name}`),
		);

		expect(typedIn).toEqual([]);
	});
});

describe('building a template', () => {
	it('puts the code into its node, with all that it imports, and calls it', () => {
		const sources = sourcesWith({ parameters: { jsCode: { file: 'code/report.js' } } });

		expect(build('small', sources).nodes[0]!.parameters).toEqual({
			jsCode: [
				"const { link, open } = require('fs/promises');\nconst { randomUUID } = require('crypto');",
				'/** Says it. */\nasync function report({ $input }) {\n\treturn ten();\n}',
				'const TEN = 10;\n\nfunction ten() {\n\treturn TEN;\n}',
				'return await report({ $input });',
			].join('\n\n'),
		});
	});

	it('joins the lines of a note', () => {
		const note = { type: STICKY_NOTE, parameters: { content: ['## Hi', '', 'x'] } };

		expect(build('small', sourcesWith(note)).nodes[0]!.parameters.content).toBe('## Hi\n\nx');
	});

	it.each(['code/lost.js', 'code/Report.js', 'report.js', ''])(
		'fails as a whole when a Code node names %p, which is not there',
		(file) => {
			const sources = sourcesWith({ name: 'Report', parameters: { jsCode: { file } } });

			expect(() => buildAll(sources)).toThrow(
				`templates/src/starters/small/workflow.json: the Code node "Report" names ${file || "''"}`,
			);
		},
	);

	it('fails when a code file imports one that is not there', () => {
		const sources = sourcesWith({ parameters: { jsCode: { file: 'code/report.js' } } });
		delete sources.code['code/ten.js'];

		expect(() => buildAll(sources)).toThrow('There is no code/ten.js in templates/src.');
	});

	it('fails when the template that another one is made of is not there', () => {
		const sources = sourcesWith({});
		delete sources.templates['folder-watcher'];

		expect(() => buildAll(sources)).toThrow(
			'folder-watcher-polling is made of folder-watcher, which has no source.',
		);
	});
});
