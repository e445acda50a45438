import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IBinaryData } from 'n8n-workflow';
import type { DataTableRow, Execution } from '../../../dev/n8n/types';
import { samplesFolder } from '../../../dev/paths';
import { Gallery } from '../../rig/templates/gallery';
import { nextPage, submitForm } from '../../rig/workflows/forms';
import { outputOf } from '../../rig/workflows/workflows';

const providers = ['scriptivox', 'transcripton', 'whipscribe'] as const;
const sample = join(samplesFolder, 'morning-briefing.wav');

/** The name under which n8n stores the recording that a node put out. */
function storedRecording(execution: Execution, node: string): string | undefined {
	const item = execution.data.resultData.runData[node]?.[0]?.data?.main?.[0]?.[0];
	const [recording] = Object.values(item?.binary ?? {}) as IBinaryData[];
	// n8n moves the file between folders when an execution is saved; its name stays
	return recording?.id?.split('/').at(-1);
}

/** What stands in a row of the page's table, one cell a provider. */
function cellsOf(page: string, label: string): string[] {
	const row = page.split('<tr>').find((each) => each.startsWith(`<th>${label}</th>`)) ?? '';
	return [...row.matchAll(/<td[^>]*>([^<]*)</g)].map(([, cell]) => cell!);
}

describe('the template compare-providers', () => {
	let gallery: Gallery;
	let content: Buffer;

	beforeAll(async () => {
		content = await readFile(sample);
		gallery = await Gallery.start();
	});

	afterAll(async () => await gallery?.stop());

	beforeEach(() => gallery.simulator.reset());

	async function compare(fileName: string, settings = {}) {
		const id = await gallery.publishTemplate('compare-providers', { settings });
		const waiting = await submitForm(gallery.n8n, id, [{ fileName, content }]);
		const page = await nextPage(waiting);
		await gallery.n8n.client.unpublishWorkflow(id);
		const rows = await gallery.rows('Comparisons of recordings');
		const ofThisOne = rows.filter((row) => row.fileName === fileName);
		const byProvider = Object.fromEntries(ofThisOne.map((row) => [row.provider, row]));
		return { id, page, rows: byProvider as Record<string, DataTableRow> };
	}

	/** What the Transcript node of a workflow's newest comparison gave. */
	async function comparisonsIn(id: string) {
		const { client } = gallery.n8n;
		const all = await client.executions.newest(id);
		const executions = await Promise.all(all.map((each) => client.executions.get(each.id)));
		const compared = executions.map((each) => outputOf(each, 'Compare')).find(Boolean);
		return compared as unknown as Array<{
			provider: string;
			wordErrorRate: number;
			agreement: number;
			differences: unknown[];
		}>;
	}

	it('shows the transcripts of all providers side by side, each paid once', async () => {
		const { page, rows } = await compare('<i>briefing</i>.wav');

		expect(Object.keys(rows).sort()).toEqual([...providers]);
		for (const provider of providers) {
			expect(rows[provider]).toMatchObject({ status: 'completed', language: 'en', errorCode: '' });
			expect(rows[provider]!.durationSeconds).toBeCloseTo(8.68, 1);
			expect(page).toContain(`<th>${provider}</th>`);
			expect(page).toContain(String(rows[provider]!.text));
			expect(gallery.simulator[provider].statistics()).toMatchObject({ jobs: 1, paidJobs: 1 });
		}
		expect(rows.scriptivox!.costCents).toBeGreaterThan(0);
		expect(page).not.toContain('<i>briefing</i>');
		// the simulated providers hear the same words in the same bytes
		expect(cellsOf(page, 'Word error rate')).toEqual(['compared with this one', '0 %', '0 %']);
		expect(cellsOf(page, 'Agreement')).toEqual(['–', '100 %', '100 %']);
	});

	/** What Scriptivox says, as Whipscribe says it: its second word another one, its last one missing. */
	async function disturbedTranscript() {
		const { rows } = await compare('heard well.wav', { providers: 'scriptivox' });
		const { segments } = JSON.parse(String(rows.scriptivox!.transcript)) as {
			segments: Array<{ start: number; end: number; text: string }>;
		};
		const words = segments.flatMap(({ text, ...times }) =>
			text.split(' ').map((word) => ({ word: word.replace(/[.,?!]/g, ''), ...times })),
		);
		const said = words.map(({ word }) => word);
		const heard = [said[0], 'xylophone', ...said.slice(2, -1)].join(' ');
		const end = segments.at(-1)!.end;
		gallery.simulator.whipscribe.fail({
			endpoint: 'GET /jobs/{id}/result',
			kind: 'patch',
			patch: { text: heard, segments: [{ start: 0, end, text: heard }] },
		});
		return words;
	}

	it('shows by how many words a transcript differs from another one, which, and when', async () => {
		const words = await disturbedTranscript();
		const providers = 'whipscribe, scriptivox';

		const { id, page } = await compare('heard badly.wav', { providers, reference: 'Scriptivox' });

		const [rate, agreement] = [2 / words.length, (2 * (words.length - 2)) / (2 * words.length - 1)];
		const [comparison, ...others] = await comparisonsIn(id);
		expect(others).toEqual([]);
		expect(comparison!.provider).toBe('whipscribe');
		expect(comparison!.wordErrorRate).toBeCloseTo(rate, 4);
		expect(comparison!.agreement).toBeCloseTo(agreement, 4);
		const [second, last] = [words[1]!, words.at(-1)!];
		expect(comparison!.differences).toEqual([
			{ start: second.start, end: second.end, expected: second.word, found: 'xylophone' },
			{ start: last.start, end: last.end, expected: last.word, found: '' },
		]);
		const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
		expect(cellsOf(page, 'Word error rate')).toEqual([percent(rate), 'compared with this one']);
		expect(cellsOf(page, 'Agreement')).toEqual([percent(agreement), '–']);
		expect(page).toContain('<h2>Where whipscribe differs from scriptivox</h2>');
		expect(page).toContain(`<td>${second.word}</td><td>xylophone</td>`);
	});

	it('works at all providers at the same time, on the same stored recording', async () => {
		const { id, rows } = await compare('at the same time.wav');
		const all = Object.values(rows);
		const starts = all.map(({ startedAt }) => Number(startedAt));
		const ends = all.map(({ finishedAt }) => Number(finishedAt));
		const executions = await Promise.all(
			(await gallery.n8n.client.executions.newest(id)).map(
				async (each) => await gallery.n8n.client.executions.get(each.id),
			),
		);

		expect(Math.max(...starts)).toBeLessThan(Math.min(...ends));
		const sent = executions.map((each) => storedRecording(each, 'On Form Submission'));
		const [stored] = sent.filter(Boolean);
		const seen = executions.map((each) => storedRecording(each, 'When a Provider Is Called'));
		expect(stored).toMatch(/^[-0-9a-f]{36}$/);
		expect(seen.filter(Boolean)).toEqual([stored, stored, stored]);
	});

	it('shows what went wrong at one provider beside the transcripts of the others', async () => {
		gallery.simulator.transcripton.configure({ emailVerified: false });
		const { page, rows } = await compare('one refuses.wav');

		expect(rows.transcripton).toMatchObject({ status: 'failed', errorCode: 'email_not_verified' });
		expect(page).toContain('email_not_verified');
		for (const provider of ['scriptivox', 'whipscribe']) {
			expect(rows[provider]!.status).toBe('completed');
			expect(page).toContain(String(rows[provider]!.text));
		}
	});

	it('shows what went wrong at each of several providers, in comparisons at once', async () => {
		gallery.simulator.transcripton.configure({ emailVerified: false });
		const id = await gallery.publishTemplate('compare-providers');
		const names = ['fail-PROCESSING_ERROR.wav', 'well.wav'];
		const pages = await Promise.all(
			names.map(async (fileName) => {
				const waiting = await submitForm(gallery.n8n, id, [{ fileName, content }]);
				return await nextPage(waiting);
			}),
		);
		await gallery.n8n.client.unpublishWorkflow(id);

		expect(pages.map((page) => cellsOf(page, 'Result'))).toEqual([
			['failed', 'failed', 'failed'],
			['completed', 'completed', 'failed'],
		]);
		expect(cellsOf(pages[0]!, 'Text')).toEqual([
			expect.stringContaining('(PROCESSING_ERROR)'),
			expect.stringContaining('PROCESSING'),
			expect.stringContaining('(email_not_verified)'),
		]);
	});

	it('does not wait for ever for a provider that never finishes', async () => {
		const { page, rows } = await compare('stuck-processing.wav', { timeoutMinutes: 0.1 });

		expect(rows.transcripton!.status).toBe('completed');
		expect(rows.scriptivox!.status).toBe('failed');
		expect(page).toContain('has not finished within 0.1 minutes');
	});

	it('says so when a name in providers is no provider', async () => {
		const { page, rows } = await compare('wrong name.wav', { providers: 'Scriptivox, nobody' });

		expect(rows.scriptivox!.status).toBe('completed');
		expect(rows.nobody!.status).toBe('failed');
		expect(page).toContain('There are no two transcripts to compare.');
		expect(page).toContain('No node here transcribes with &#34;nobody&#34;');
	});
});
