import { STICKY_NOTE } from '../../../dev/templates/stickyNote';
import { readTemplate, templateNames } from '../../../dev/templates/template';
import type { WorkflowJson } from '../../../dev/n8n/types';
import { namesIn, namesOfThePack } from './names';
import { defaultsIn, says, settingsOf } from './settingsTable';
import { leftOut, nodesWithCredential } from './setUp';
import { textOf } from './textOf';

const templates = templateNames();

/** Pages that leave settings to the page of the template that theirs is made of. */
const SHARED: Record<string, string> = {
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

const pageOf = (name: string) => textOf(`docs/templates/${name}.md`);

const notesOf = ({ nodes }: WorkflowJson) =>
	nodes
		.filter(({ type }) => type === STICKY_NOTE)
		.map(({ parameters }) => String(parameters.content));

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

	it('leads to each node that takes a credential, and so does its first note', () => {
		const setUp = /\n## Set up\n([\s\S]*?)(?=\n## |$)/.exec(pageOf(name))![1]!;
		const note = notesOf(workflow).find((each) => each.startsWith('## '))!;
		const nodes = nodesWithCredential(workflow);

		expect(nodes.length).toBeGreaterThan(0);
		expect([leftOut(setUp, nodes), leftOut(note, nodes)]).toEqual([[], []]);
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

it.each([
	['retryLaterCodes', 'retry later'],
	['giveUpCodes', 'give up'],
])('the page of failed-jobs names the codes of %s where it says %s', async (setting, whatToDo) => {
	const settings = new Map(settingsOf(await readTemplate('failed-jobs')));
	const row = pageOf('failed-jobs')
		.split('\n')
		.find((line) => line.startsWith(`| ${whatToDo} |`))!;
	const codes = [...row.matchAll(/`(\w+)`/g)].map(([, code]) => code!);

	expect(codes.sort()).toEqual(String(settings.get(setting)).split(' ').sort());
});
