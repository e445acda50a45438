import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../../dev/paths';
import { build, buildAll, derivedTemplates } from '../../../dev/templates/build';
import { sourceText } from '../../../dev/templates/layout';
import {
	codeFileOf,
	readSources,
	sourceFolder,
	workflowFileOf,
} from '../../../dev/templates/sources';
import type { SourceNode, Sources } from '../../../dev/templates/sources';
import { templateNames } from '../../../dev/templates/template';

/** The template that a test builds: one note and one Code node. */
function sourcesWith(node: Partial<SourceNode>): Sources {
	const whole = { id: '1', name: 'Node', type: 'n8n-nodes-base.code', parameters: {}, ...node };
	const small = { name: 'Small', nodes: [whole], connections: {} };
	const base = { name: 'Folder watcher', nodes: [], connections: {} };
	return {
		templates: { small, 'folder-watcher': base },
		code: { 'code/report.js': "return [{ json: { text: 'ten' } }];\n" },
	};
}

describe('the templates and their source', () => {
	it('are the same: after a change in templates/src, run npm run templates', async () => {
		const built = buildAll(await readSources());
		const differing: string[] = [];
		for (const [name, text] of Object.entries(built)) {
			const file = `templates/${name}.json`;
			const committed = await readFile(join(projectFolder, file), 'utf8').catch(() => undefined);
			const source = derivedTemplates[name]?.from ?? name;
			if (committed !== text) differing.push(`${file} and templates/src/${workflowFileOf(source)}`);
		}

		expect(differing).toEqual([]);
		expect(Object.keys(built).sort()).toEqual(templateNames());
	});

	it('are laid out so that a node, a wire or a position is a line of its own', async () => {
		const { templates } = await readSources();

		for (const [name, source] of Object.entries(templates)) {
			const text = await readFile(join(sourceFolder, workflowFileOf(name)), 'utf8');
			expect(text).toBe(sourceText(source));
		}
	});

	it('have each body of code once, and no code that no template uses', async () => {
		const { templates, code } = await readSources();
		const used = Object.values(templates).flatMap(({ nodes }) => nodes.map(codeFileOf));

		expect(Object.keys(code).filter((file) => !used.includes(file))).toEqual([]);
		expect(new Set(Object.values(code)).size).toBe(Object.keys(code).length);
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
	it('puts the code into its node', () => {
		const sources = sourcesWith({ parameters: { jsCode: { file: 'code/report.js' } } });

		expect(build('small', sources).nodes[0]!.parameters).toEqual({
			jsCode: "return [{ json: { text: 'ten' } }];",
		});
	});

	it('joins the lines of a note', () => {
		const note = { type: 'n8n-nodes-base.stickyNote', parameters: { content: ['## Hi', '', 'x'] } };

		expect(build('small', sourcesWith(note)).nodes[0]!.parameters.content).toBe('## Hi\n\nx');
	});

	it.each(['code/lost.js', 'code/Report.js', 'report.js', ''])(
		'fails as a whole when a Code node names %p, which is not there',
		(file) => {
			const sources = sourcesWith({ name: 'Report', parameters: { jsCode: { file } } });

			expect(() => buildAll(sources)).toThrow(
				`templates/src/small/workflow.json: the Code node "Report" names ${file || "''"}`,
			);
		},
	);

	it('fails when the template that another one is made of is not there', () => {
		const { templates, code } = sourcesWith({});
		delete templates['folder-watcher'];

		expect(() => buildAll({ templates, code })).toThrow(
			'folder-watcher-polling is made of folder-watcher, which has no source.',
		);
	});
});
