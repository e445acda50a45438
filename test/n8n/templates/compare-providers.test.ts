import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IBinaryData } from 'n8n-workflow';
import type { DataTableRow, Execution } from '../../../dev/n8n/types';
import { projectFolder } from '../../../dev/paths';
import { Gallery } from '../../rig/gallery';
import { nextPage, submitForm } from '../../rig/forms';

const providers = ['scriptivox', 'transcripton', 'whipscribe'] as const;
const sample = join(projectFolder, 'dev', 'samples', 'morning-briefing.wav');

/** The name under which n8n stores the recording that a node put out. */
function storedRecording(execution: Execution, node: string): string | undefined {
	const item = execution.data.resultData.runData[node]?.[0]?.data?.main?.[0]?.[0];
	const [recording] = Object.values(item?.binary ?? {}) as IBinaryData[];
	// n8n moves the file between folders when an execution is saved; its name stays
	return recording?.id?.split('/').at(-1);
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
		const rows = await gallery.rows('Comparisons of providers');
		const ofThisOne = rows.filter((row) => row.fileName === fileName);
		const byProvider = Object.fromEntries(ofThisOne.map((row) => [row.provider, row]));
		return { id, page, rows: byProvider as Record<string, DataTableRow> };
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
	});

	it('works at all providers at the same time, on the same stored recording', async () => {
		const { id, rows } = await compare('at the same time.wav');
		const all = Object.values(rows);
		const starts = all.map(({ startedAt }) => Number(startedAt));
		const ends = all.map(({ finishedAt }) => Number(finishedAt));
		const executions = await Promise.all(
			(await gallery.n8n.client.executions(id)).map(
				async (each) => await gallery.n8n.client.execution(each.id),
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
		expect(page).toContain('No node here transcribes with &#34;nobody&#34;');
	});
});
