import { runCode } from './codeNode';

const REPLIED = {
	id: 1,
	provider: 'Scriptivox',
	status: 'completed',
	seconds: 12,
	durationSeconds: 60,
	language: 'en',
	speakers: 2,
	words: 3,
	costCents: 4,
	jobId: 'job-1',
	text: 'Hello to all',
	errorCode: '',
	errorMessage: '',
};
const FAILED = {
	id: 2,
	provider: 'Whipscribe',
	status: 'failed',
	seconds: 3,
	durationSeconds: null,
	language: '',
	speakers: null,
	words: 0,
	costCents: null,
	jobId: '',
	text: '',
	errorCode: 'ffmpeg_failed',
	errorMessage: 'The recording does not play',
};

async function pageOf(rows: object[], fileName: unknown = 'talk.mp3'): Promise<string> {
	const others = { Settings: [{ timeoutMinutes: 30 }], Comparison: [{ fileName }] };
	const given = await runCode('compare-providers', 'Compare', rows as never, others);
	return String(given[0]!.json.page);
}

/** What stands in a row of the table, one cell a provider. */
function cellsOf(page: string, label: string): string[] {
	const row = page.split('<tr>').find((each) => each.startsWith(`<th>${label}</th>`))!;
	return [...row.matchAll(/<td(?: class="failed")?>([^]*?)<\/td>/g)].map(([, cell]) => cell!);
}

describe('the page that compares providers', () => {
	it('shows what each has given, side by side, in the order in which they were started', async () => {
		const page = await pageOf([FAILED, REPLIED]);

		expect(page).toContain('<th>Scriptivox</th><th>Whipscribe</th>');
		expect(cellsOf(page, 'Result')).toEqual(['completed', 'failed']);
		expect(cellsOf(page, 'Took')).toEqual(['12 s', '3 s']);
		expect(cellsOf(page, 'Length')).toEqual(['60 s', '–']);
		expect(cellsOf(page, 'Speakers')).toEqual(['2', '–']);
		expect(cellsOf(page, 'Words')).toEqual(['3', '–']);
		expect(cellsOf(page, 'Cost')).toEqual(['4 cents', '–']);
		expect(cellsOf(page, 'Text')).toEqual([
			'Hello to all',
			'The recording does not play (ffmpeg_failed)',
		]);
	});

	it('counts nothing as nothing: no words, no cents, no seconds', async () => {
		const page = await pageOf([{ ...REPLIED, words: 0, costCents: 0, seconds: 0, text: '' }]);

		expect(cellsOf(page, 'Words')).toEqual(['0']);
		expect(cellsOf(page, 'Cost')).toEqual(['0 cents']);
		expect(cellsOf(page, 'Took')).toEqual(['0 s']);
		expect(cellsOf(page, 'Text')).toEqual(['<i>Nothing was said.</i>']);
	});

	it.each([
		['a code and no message', { errorMessage: null }, 'No reason was given. (ffmpeg_failed)'],
		['a code and an empty message', { errorMessage: '' }, 'No reason was given. (ffmpeg_failed)'],
		['neither code nor message', { errorCode: null, errorMessage: null }, 'No reason was given.'],
		['a message and no code', { errorCode: null }, 'The recording does not play'],
		[
			'a message that names its code',
			{ errorMessage: 'It is ffmpeg_failed' },
			'It is ffmpeg_failed',
		],
	])('says why one has failed that gave %s', async (_what, given, shown) => {
		expect(cellsOf(await pageOf([{ ...FAILED, ...given }]), 'Text')).toEqual([shown]);
	});

	it('says of one that is still at work that it gave no result in time', async () => {
		const page = await pageOf([{ ...FAILED, status: 'running', errorCode: null }]);

		expect(cellsOf(page, 'Result')).toEqual(['failed']);
		expect(cellsOf(page, 'Text')).toEqual(['No result within 30 minutes.']);
	});

	it.each([
		['a text', { text: null }],
		['a provider', { provider: null }],
		['a state', { status: null, errorMessage: null, errorCode: null }],
	])('never prints null for %s that the row lacks', async (_what, given) => {
		expect(await pageOf([{ ...REPLIED, ...given }])).not.toContain('null');
	});

	it('shows a recording without a name', async () => {
		expect(await pageOf([REPLIED], null)).toContain('<h1></h1>');
	});

	it('shows what comes from outside as text, not as markup', async () => {
		const mark = '<script>"&\'';
		const page = await pageOf([{ ...REPLIED, text: mark, provider: mark, jobId: mark }], mark);

		expect(page).not.toContain(mark);
		expect(page.split('&#60;script&#62;&#34;&#38;&#39;')).toHaveLength(5);
	});
});
