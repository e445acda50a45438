import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { projectFolder } from '../../../dev/paths';
import { STICKY_NOTE } from '../../../dev/templates/stickyNote';
import { readTemplate, templateNames } from '../../../dev/templates/template';
import type { WorkflowJson } from '../../../dev/n8n/types';
import { packCredentialTypes, packNodes } from '../harness';

const templates = templateNames();

/** Pages that leave settings to the page of the template that theirs is made of. */
const SHARED: Record<string, string> = {
	'folder-watcher-any-provider': 'folder-watcher',
	'folder-watcher-polling': 'folder-watcher',
	'rate-limited-backlog-redis': 'rate-limited-backlog',
};

/** What n8n's own panels and pages say. */
const OF_N8N = [
	'Accepted File Types',
	'Authentication',
	'Chat Model',
	'Continue',
	'Error Workflow',
	'Event Started',
	'Google Calendar Trigger',
	'Google Drive: Download',
	'Header Auth',
	'Limit Wait Time',
	'Restrict to User IDs',
	'Retry',
	'Settings → n8n API',
	'Stop',
	'Telegram API',
	'crashed',
	'n8n API',
];

/** Names that a page gives as examples, or that stand for something else than nodes and fields. */
const OTHERS: Record<string, string[]> = {
	'compare-providers': [
		'2',
		'Agreement',
		'Took',
		'Word error rate',
		'providers',
		'reference',
		'two',
	],
	'dropbox-captions': ['files.content.write'],
	'failed-jobs': ['give up', 'needs a human', 'retry later'],
	'folder-to-text-and-subtitles': ['Write'],
	'folder-watcher': ['folder watcher cannot work.txt', 'folder watcher is waiting.txt'],
	'folder-watcher-any-provider': ['Any-provider watcher …'],
	'google-drive-to-google-doc': ['Weekly sync.mp3', 'Weekly sync.mp3 transcript'],
	'google-drive-transcripts': ['Google Drive transcripts …', 'Weekly sync'],
	'guest-uploads': ['Accounts', 'Guests'],
	'join-parts': ['SPEAKER 1 (part 1)', 'SPEAKER 1 (part 2)'],
	'sheet-links-to-transcripts': ['State'],
	'speaker-names': ['Ann'],
	'transcript-to-posts': ['Transcript to posts …'],
};

const pageOf = (name: string) =>
	readFileSync(join(projectFolder, 'docs', 'templates', `${name}.md`), 'utf8');

const notesOf = ({ nodes }: WorkflowJson) =>
	nodes
		.filter(({ type }) => type === STICKY_NOTE)
		.map(({ parameters }) => String(parameters.content));

/** What stands in italics: names of nodes, fields and tables. */
function namesIn(markdown: string): string[] {
	const text = markdown.replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
	const marked = [
		...text.matchAll(/(?<![*\w])\*([^*\n]+)\*(?!\*)/g),
		...text.matchAll(/(?<!\w)_([^_\n]+)_(?!\w)/g),
	];
	return [...new Set(marked.map(([, name]) => name!))];
}

/** Every name that panels of the pack show, with `Resource: Operation`. */
function namesOfThePack(): Set<string> {
	const names = new Set<string>();
	const take = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		const { displayName, name } = value as Record<string, unknown>;
		for (const each of [displayName, name]) {
			if (typeof each === 'string') names.add(each).add(each.replace(/ \([^)]*\)$/, ''));
		}
		Object.values(value).forEach(take);
	};
	const descriptions = packNodes().map(({ description }) => description);
	take([descriptions, packCredentialTypes()]);
	for (const { properties } of descriptions) {
		const operations = properties
			.filter(({ name }) => name === 'operation')
			.flatMap((p) => p.options);
		const resources = properties
			.filter(({ name }) => name === 'resource')
			.flatMap((p) => p.options);
		for (const resource of resources as Array<{ name: string }>) {
			for (const operation of operations as Array<{ name: string }>) {
				names.add(`${resource.name}: ${operation.name}`);
			}
		}
	}
	return names;
}

/** The names of a template's nodes, lanes and Data Tables. */
function namesOnCanvas(workflow: WorkflowJson): string[] {
	const lanes = notesOf(workflow).flatMap((note) => note.match(/(?<=^### ).+/) ?? []);
	const tables = workflow.nodes.flatMap(({ parameters }) => [parameters.tableName ?? []].flat());
	const settings = settingsOf(workflow).map(([, value]) => String(value));
	return [
		...workflow.nodes.map(({ name }) => name),
		...lanes,
		...tables.map((table) =>
			String(table)
				.replace(/^=/, '')
				.replace(/ \{\{.*/, ''),
		),
		...settings.filter((value) => /^[A-Z][\w ]+$/.test(value)),
		workflow.name,
	];
}

/** The settings of a template, in their order. */
function settingsOf({ nodes }: WorkflowJson): Array<[name: string, value: unknown]> {
	const { assignments } = (nodes.find(({ name }) => name === 'Settings')?.parameters ?? {}) as {
		assignments?: { assignments: Array<{ name: string; value: unknown }> };
	};
	return (assignments?.assignments ?? []).map(({ name, value }) => [name, value]);
}

/** The default that a page's table gives for each setting. */
function defaultsIn(page: string): Map<string, string> {
	const tables = page.match(/^\| (?:setting|name) +\|[^\n]*\n\|[ -|]*\n(?:\|[^\n]*\n)+/gm) ?? [];
	const rows = tables.flatMap((table) => table.trim().split('\n').slice(2));
	return new Map(
		rows.flatMap((row) => {
			const cells = row.split('|').map((cell) => cell.trim());
			const names = [...cells[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
			const given = cells[3]!;
			const each = given.split(', ');
			const isEach = each.length === names.length && names.length > 1;
			return names.map((name, index): [string, string] => [name, isEach ? each[index]! : given]);
		}),
	);
}

/** Whether a table's cell says what the value is. */
function says(cell: string | undefined, value: unknown): boolean {
	if (cell === undefined || cell === '') return false;
	const text = cell.replaceAll('`', '');
	if (typeof value === 'boolean') return [value ? 'on' : 'off', String(value)].includes(text);
	const given = String(value);
	if (given === '') return text.startsWith('empty');
	// an expression, and what would fill the table, is described
	if (given.startsWith('=')) return true;
	if (given.length > 100) return text.startsWith('see ');
	const isFolder = given.startsWith('/');
	return (
		text === given || (isFolder && [dirname, basename].every((part) => text.includes(part(given))))
	);
}

describe.each(templates)('the page of %s', (name) => {
	let workflow: WorkflowJson;
	beforeAll(async () => {
		workflow = await readTemplate(name);
	});

	it('is called as the workflow is, and so is its first note', () => {
		const heading = (text: string) => /^#+ (.+)/.exec(text)?.[1];
		const [first] = notesOf(workflow).filter((note) => note.startsWith('## '));

		expect([heading(pageOf(name)), heading(first!)]).toEqual([workflow.name, workflow.name]);
	});

	it('gives each setting with its default, and no other setting', () => {
		const own = defaultsIn(pageOf(name));
		const shared = SHARED[name] ? defaultsIn(pageOf(SHARED[name])) : new Map<string, string>();
		const settings = settingsOf(workflow);
		const known = settings.map(([setting]) => setting);
		const wrong = settings.filter(
			([setting, value]) => !says(own.get(setting) ?? shared.get(setting), value),
		);

		expect(wrong).toEqual([]);
		expect([...own.keys()].filter((setting) => !known.includes(setting))).toEqual([]);
	});

	it('names only nodes, fields and tables that there are, and so do its notes', () => {
		const known = new Set([
			...namesOfThePack(),
			...namesOnCanvas(workflow),
			...OF_N8N,
			...(OTHERS[name] ?? []),
		]);
		const unknown = (text: string) => namesIn(text).filter((each) => !known.has(each));

		expect(unknown(pageOf(name))).toEqual([]);
		expect(notesOf(workflow).flatMap(unknown)).toEqual([]);
	});
});
