import { runCode } from './codeNode';

const OUTPUT = {
	jobId: 'job-1',
	label: 'summary',
	path: '/out/talk/talk.summary.md',
	failedPath: '/out/talk/talk.summary.failed.txt',
};

/** What the step makes of a reply: where it goes, and what is in the file. */
async function fileOf(kind: string, reply: Record<string, unknown>) {
	const others = { 'One Output at a Time': [{ ...OUTPUT, kind }] };
	const [given] = await runCode('one-transcript-many-outputs', 'Text File', [reply], others);
	const { data, fileName } = given!.binary!.data as { data: string; fileName: string };
	return { ...given!.json, fileName, text: Buffer.from(data, 'base64').toString() };
}

describe('the text file of an output', () => {
	it('is a summary with its points and actions', async () => {
		const reply = { summary: 'It went well.', key_points: ['One', 'Two'], action_items: ['Go'] };

		expect(await fileOf('summary', reply)).toEqual({
			path: OUTPUT.path,
			problem: '',
			fileName: 'talk.summary.md',
			text: '# Summary\n\nIt went well.\n\n## Key points\n\n- One\n- Two\n\n## Action items\n\n- Go\n',
		});
	});

	it.each([
		['empty lists', { summary: 'Short.', key_points: [], action_items: [] }, 'Short.'],
		['no lists', { summary: 'Short.' }, 'Short.'],
		['nothing at all', { summary: null, key_points: null, action_items: null }, ''],
	])('has no headings for %s', async (_what, reply, text) => {
		expect((await fileOf('summary', reply)).text).toBe(`# Summary\n\n${text}\n`);
	});

	it.each([
		['its text', { text: 'Guten Tag, 世界 🌍' }, 'Guten Tag, 世界 🌍'],
		['nothing where nothing was said', { text: null }, ''],
	])('is a translation with %s', async (_what, reply, text) => {
		expect(await fileOf('translation', reply)).toMatchObject({ problem: '', text });
	});

	it.each(['export', 'summary', 'translation', 'failed'])(
		'says why there is none: %s',
		async (kind) => {
			const reply = { error: 'No such language [item 3]', details: { code: 'bad_language' } };

			expect(await fileOf(kind, reply)).toEqual({
				path: OUTPUT.failedPath,
				problem: 'It could not be made: see the file.',
				fileName: 'talk.summary.failed.txt',
				text: 'Output: summary\nCode: bad_language\nMessage: No such language\nJob: job-1\n',
			});
		},
	);

	it('says so where the failure has no code', async () => {
		const { text } = await fileOf('summary', { error: 'Out of reach', details: { code: null } });

		expect(text).toContain('Code: UNKNOWN\nMessage: Out of reach\n');
	});
});
