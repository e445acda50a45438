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

async function pageOf(
	rows: object[],
	fileName: unknown = 'talk.mp3',
	comparisons: object[] = [],
): Promise<string> {
	const others = {
		Settings: [{ timeoutMinutes: 30 }],
		Comparison: [{ fileName }],
		'All Results': rows,
	};
	const given = await runCode(
		'compare-providers',
		'Make the Page',
		comparisons as never,
		others as never,
	);
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

describe('the page that compares transcripts', () => {
	const OTHER = { ...REPLIED, id: 2, provider: 'Whipscribe', text: 'Hallo to all' };
	const difference = (start: number | null, expected: string, found: string) => ({
		start,
		end: start,
		expected,
		found,
	});
	const comparison = (differences: object[], more = {}) => ({
		provider: 'Whipscribe',
		wordErrorRate: 0.1234,
		agreement: 0.9,
		differences,
		...more,
	});
	const shown = async (comparisons: object[], rows = [REPLIED, OTHER]) =>
		await pageOf(rows, 'talk.mp3', comparisons);

	it('shows by how much each differs, and which one they are compared with', async () => {
		const page = await shown([comparison([difference(3, 'Hello', 'Hallo')])]);

		expect(cellsOf(page, 'Word error rate')).toEqual(['compared with this one', '12.3 %']);
		expect(cellsOf(page, 'Agreement')).toEqual(['–', '90 %']);
		expect(page).toContain('<h2>Where Whipscribe differs from Scriptivox</h2>');
		expect(page).toContain('<tr><td>0:03</td><td>Hello</td><td>Hallo</td></tr>');
	});

	it('finds the reference wherever it stands', async () => {
		const page = await shown([comparison([], { provider: 'Scriptivox' })]);

		expect(cellsOf(page, 'Word error rate')).toEqual(['12.3 %', 'compared with this one']);
		expect(page).toContain('<h2>Where Scriptivox differs from Whipscribe</h2>');
	});

	it.each([
		[0, '0:00'],
		[59.99, '0:59'],
		[65.2, '1:05'],
		[3729, '1:02:09'],
		[360_000, '100:00:00'],
		[null, '–'],
	])('shows the time %p as %s', async (start, time) => {
		const page = await shown([comparison([difference(start, 'a', 'b')])]);

		expect(page).toContain(`<tr><td>${time}</td><td>a</td><td>b</td></tr>`);
	});

	it('shows words that only one of them has', async () => {
		const page = await shown([comparison([difference(1, '', 'b'), difference(2, 'a', '')])]);

		expect(page).toContain('<tr><td>0:01</td><td><i>nothing</i></td><td>b</td></tr>');
		expect(page).toContain('<tr><td>0:02</td><td>a</td><td><i>nothing</i></td></tr>');
	});

	it('says so where they have the same words', async () => {
		const page = await shown([comparison([], { wordErrorRate: 0, agreement: 1 })]);

		expect(cellsOf(page, 'Word error rate')[1]).toBe('0 %');
		expect(page).toContain('Nowhere: they have the same words.');
	});

	it('shows no rate where the reference says nothing', async () => {
		const page = await shown([comparison([difference(1, '', 'b')], { wordErrorRate: null })]);

		expect(cellsOf(page, 'Word error rate')[1]).toBe('–');
	});

	it('shows the first 200 of many differences, and how many there are beside', async () => {
		const many = Array.from({ length: 203 }, (_, at) => difference(at, `a${at}`, 'b'));
		const page = await shown([comparison(many)]);

		expect(page).toContain('<td>a199</td>');
		expect(page).not.toContain('<td>a200</td>');
		expect(page).toContain('<p>And 3 more.</p>');
	});

	it.each([
		['one has failed', [REPLIED, FAILED], [{ error: 'There is only one transcript to compare' }]],
		[
			'all have failed',
			[FAILED],
			[{ error: 'There is no Transcript: the item is empty [item 0]' }],
		],
	])('says that there is nothing to compare where %s', async (_what, rows, comparisons) => {
		const page = await shown(comparisons, rows as never);

		expect(page).toContain('<p>There are no two transcripts to compare.</p>');
	});

	it('says why two transcripts were not compared', async () => {
		const error = 'There is no transcript of "<nobody>" among the items [item 1]';
		const page = await shown([{ error }]);

		expect(page).toContain(
			'Not compared: There is no transcript of &#34;&#60;nobody&#62;&#34; among the items.',
		);
	});

	it('shows what was said as text, not as markup', async () => {
		const mark = '<script>"&\'';
		const page = await shown([comparison([difference(1, mark, mark)])]);

		expect(page).not.toContain(mark);
	});
});

describe('the result of a provider', () => {
	const TRANSCRIPT = {
		provider: 'somebody',
		id: 'job-1',
		status: 'completed',
		text: 'Hello to all',
		language: 'en',
		durationSeconds: 60,
		speakers: ['A', 'B'],
		segments: [
			{
				start: 1,
				end: 2,
				speaker: 'A',
				text: 'Hello',
				words: [{ start: 1, end: 2, text: 'Hello' }],
			},
			{ start: 2, end: null, speaker: null, text: 'to all', words: [] },
		],
		error: null,
	};
	const result = async (given: object) => {
		const others = { Settings: [{ provider: 'scriptivox' }] };
		return (await runCode('compare-providers', 'Result', [given] as never, others))[0]!.json;
	};

	it('keeps what comparing needs, under the name that the provider has in Settings', async () => {
		const row = await result(TRANSCRIPT);

		expect(row).toMatchObject({
			status: 'completed',
			jobId: 'job-1',
			durationSeconds: 60,
			language: 'en',
			speakers: 2,
			words: 3,
			text: 'Hello to all',
			errorMessage: '',
		});
		expect(JSON.parse(String(row.transcript))).toEqual({
			provider: 'scriptivox',
			text: null,
			segments: [
				{ start: 1, end: 2, speaker: 'A', text: 'Hello' },
				{ start: 2, end: null, speaker: null, text: 'to all' },
			],
		});
	});

	it('keeps the text of a transcript that has no segments', async () => {
		const row = await result({ ...TRANSCRIPT, segments: [] });

		expect(JSON.parse(String(row.transcript))).toMatchObject({ text: 'Hello to all' });
	});

	it.each([
		[{ error: 'Nobody pays [item 0]', details: { code: 'ZERO' } }, 'Nobody pays', 'ZERO'],
		[{ error: null, status: 'processing', text: null }, 'No reason was given.', ''],
		[{}, 'No reason was given.', ''],
	])('says why there is none: %j', async (given, errorMessage, errorCode) => {
		expect(await result(given)).toMatchObject({
			status: 'failed',
			transcript: '',
			words: 0,
			errorMessage,
			errorCode,
		});
	});
});
