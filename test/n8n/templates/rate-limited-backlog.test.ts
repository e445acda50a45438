import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { DataTableColumn } from '../../../dev/n8n/types';
import { readTemplate } from '../../../dev/templates/template';
import { Gallery } from '../../rig/templates/gallery';
import {
	BACKLOG,
	countOf,
	links,
	rowOf,
	stopRuns,
	TENFOLD_LIMITS,
	TENFOLD_SCHEDULE,
	TENFOLD_SETTINGS,
	upload,
} from '../../rig/templates/backlog';
import { EARLIER_ENGINE } from '../../rig/n8n/n8n';
import { xlsxOf } from '../../rig/basics/spreadsheet';
import { errorsOf } from '../../rig/workflows/workflows';
import { until } from '../../rig/basics/until';

const NAME = 'rate-limited-backlog';
const COUNT = 60;
const REFUSED = 'https://media.example/refuse-INVALID_MEDIA_FORMAT.mp3';
const FAILED = 'https://media.example/fail-PROCESSING_ERROR.mp3';
// lost once more than the node itself tries
const LOST = 'https://media.example/lost-on-transcribe-x2.mp3';
const SILENT = 'https://media.example/silence.mp3';
const [LEFT_CLAIMED, LEFT_SUBMITTED] = links(2, 'left-by-an-earlier-version') as [string, string];
const ROUNDS_OF_THE_OUTAGE = 4;
const MISSPELT = 'htp:/media.example/typo.mp3';

describe('the template of a rate-limited backlog', () => {
	const good = [...links(COUNT), LOST, SILENT];
	let gallery: Gallery;
	let workflowId: string;

	const scriptivox = () => gallery.simulator.scriptivox;
	const submittedUrls = () =>
		scriptivox()
			.jobs()
			.map(({ url }) => String(url));

	beforeAll(async () => {
		gallery = await Gallery.start({
			simulator: { scriptivox: TENFOLD_LIMITS },
			environment: EARLIER_ENGINE,
		});
		await leaveRows();
		workflowId = await gallery.publishTemplate(NAME, {
			settings: { ...TENFOLD_SETTINGS, outputFolder: gallery.files },
			secondsBetween: TENFOLD_SCHEDULE,
		});
		const rows = [...good, REFUSED, FAILED, ...good].map((url, index) => `talk ${index},${url},x`);
		await upload(gallery, workflowId, 'talks.csv', `name,link,note\n${rows.join('\n')}\n`);
		await until(
			'Some links are submitted',
			async () =>
				submittedUrls().length > 20 && (await gallery.rows(BACKLOG)).length === good.length + 4,
		);
		const [table] = await gallery.n8n.client.tables.list();
		await gallery.n8n.client.tables.insertRows(table!.id, [{ url: MISSPELT }]);

		await gallery.n8n.client.unpublishWorkflow(workflowId);
		await stopRuns(gallery, workflowId);
		await gallery.n8n.client.publishWorkflow(workflowId);
		await until('More links are submitted', () => submittedUrls().length > 35);
		await gallery.crash();

		await until(
			'Every link has ended',
			async () => (await countOf(gallery, 'done', 'failed')) === good.length + 5,
		);
	});

	/** Rows as version 0.1.0 leaves them: one whose run has died, and one whose job is under way. */
	async function leaveRows(): Promise<void> {
		const { nodes } = await readTemplate(NAME);
		const { columns } = nodes.find(({ name }) => name === 'Backlog')!.parameters as unknown as {
			columns: { column: DataTableColumn[] };
		};
		const { baseUrl, apiKey } = scriptivox();
		const started = await fetch(`${baseUrl}/transcribe`, {
			method: 'POST',
			headers: { Authorization: apiKey, 'Content-Type': 'application/json' },
			body: JSON.stringify({ url: LEFT_SUBMITTED }),
		});
		const { id } = (await started.json()) as { id: string };
		const request = JSON.stringify({ language: '', diarize: false, align: false });
		const row = { attempts: 1, round: 0, request, tryAfter: Date.now() - 1 };
		const { tables } = gallery.n8n.client;
		const table = await tables.create(BACKLOG, columns.column);
		await tables.insertRows(table.id, [
			{ ...row, url: LEFT_CLAIMED, state: 'waiting' },
			{ ...row, url: LEFT_SUBMITTED, state: 'submitted', transcriptionId: id, checkedAt: 1 },
		]);
	}

	afterAll(async () => {
		await gallery?.stop();
	});

	it('submits each link once, though it stood there twice, was stopped, and n8n crashed', () => {
		expect(submittedUrls().sort()).toEqual([...good, FAILED, LEFT_CLAIMED, LEFT_SUBMITTED].sort());
		expect(scriptivox().statistics()).toMatchObject({ duplicatesByContent: 0 });
	});

	it('never meets the limit', () => {
		const { rateLimited, peakInWindow } = scriptivox().statistics();

		expect(rateLimited).toBe(0);
		expect(peakInWindow['POST /transcribe']).toBeLessThanOrEqual(60);
	});

	it('saves each transcript in a file and notes it beside its link', async () => {
		const rows = await gallery.rows(BACKLOG);
		for (const { url, state, file, transcriptionId } of rows) {
			if (!good.includes(String(url))) continue;
			expect(state).toBe('done');
			const saved = await readFile(String(file), 'utf8');
			expect(saved === '').toBe(url === SILENT);
			expect(String(file)).toContain(String(transcriptionId));
		}
		expect(rows).toHaveLength(good.length + 5);
	});

	it('finishes what the table of an earlier version holds', async () => {
		for (const url of [LEFT_CLAIMED, LEFT_SUBMITTED]) {
			expect(await rowOf(gallery, url)).toMatchObject({ state: 'done', attempts: 1 });
		}
	});

	it('notes the code of what was refused, has failed, or is no link, and goes on', async () => {
		expect(await rowOf(gallery, REFUSED)).toMatchObject({
			state: 'failed',
			code: 'INVALID_MEDIA_FORMAT',
		});
		expect(await rowOf(gallery, FAILED)).toMatchObject({
			state: 'failed',
			code: 'PROCESSING_ERROR',
		});
		expect(await rowOf(gallery, MISSPELT)).toMatchObject({
			state: 'failed',
			code: 'NOT_A_LINK',
		});
	});

	it('adds nothing when the same links come again, and says when a spreadsheet holds none', async () => {
		const before = submittedUrls().length;
		await upload(gallery, workflowId, 'again.csv', good.slice(0, 3).join('\n'));
		await upload(gallery, workflowId, 'empty.csv', 'name,link\nnobody,nowhere\n');

		await until('The spreadsheet without links is reported', async () =>
			(await errorsOf(gallery.n8n.client, workflowId)).some((said) =>
				said.startsWith('No link was found'),
			),
		);
		const [last] = links(1, 'last');
		await upload(
			gallery,
			workflowId,
			'last.xlsx',
			xlsxOf([
				['title', 'link'],
				['Last', last!],
			]),
		);
		await until(
			'The link of the Excel file is done',
			async () => (await rowOf(gallery, last!))?.state === 'done',
		);
		expect(submittedUrls()).toHaveLength(before + 1);
	});

	it('keeps every link waiting while the account is not ready, and says so', async () => {
		const waiting = links(5, 'unpaid');
		scriptivox().configure({ balanceCents: 0 });
		await upload(gallery, workflowId, 'unpaid.csv', waiting.join('\n'));
		await until('The empty balance is reported', async () =>
			(await errorsOf(gallery.n8n.client, workflowId)).some((said) =>
				said.includes('ZERO_BALANCE'),
			),
		);
		expect(submittedUrls().filter((url) => waiting.includes(url))).toEqual([]);

		scriptivox().configure({ balanceCents: 100_000 });
		await until(
			'The links are done',
			async () => (await countOf(gallery, 'waiting', 'submitted')) === 0,
		);
		expect(
			submittedUrls()
				.filter((url) => waiting.includes(url))
				.sort(),
		).toEqual(waiting.sort());
		for (const url of waiting) expect((await rowOf(gallery, url))?.attempts).toBe(0);
	});

	it('goes on by itself when the provider was away for several rounds, with nothing lost, twice, or counted against a link', async () => {
		const before = (await gallery.rows(BACKLOG)).length;
		const troubled = links(60, 'outage');
		const submittedOfThem = () => submittedUrls().filter((url) => troubled.includes(url));
		await upload(gallery, workflowId, 'outage.csv', troubled.join('\n'));
		await until('Some links are submitted', () => submittedOfThem().length > 10);
		const beforeTheOutage = submittedOfThem().length;
		// one answer is lost after its job was made
		scriptivox().fail({ endpoint: 'POST /transcribe', kind: 'reset', stage: 'reply' });
		for (const endpoint of ['POST /transcribe', 'GET /transcribe/{id}']) {
			scriptivox().fail({ endpoint, kind: 'status', status: 503, times: Infinity });
		}
		const saidSo = async () =>
			(await errorsOf(gallery.n8n.client, workflowId)).filter((said) =>
				said.includes('could not be submitted'),
			).length;
		await until('Runs say so', async () => (await saidSo()) >= ROUNDS_OF_THE_OUTAGE);
		const made = submittedOfThem().length - beforeTheOutage;
		scriptivox().recover();
		await until(
			'Every link has ended',
			async () => (await countOf(gallery, 'done', 'failed')) === before + troubled.length,
		);

		expect(made).toBeLessThanOrEqual(2);
		expect(submittedOfThem().sort()).toEqual(troubled.sort());
		for (const url of troubled) {
			expect(await rowOf(gallery, url)).toMatchObject({ state: 'done', attempts: 0 });
		}
		expect(scriptivox().statistics()).toMatchObject({ rateLimited: 0, duplicatesByContent: 0 });
	});

	it('fetches a transcript again when it could not be saved', async () => {
		const [url] = links(1, 'saved-late');
		await writeFile(`${gallery.files}/blocked`, '');
		const { nodes } = await gallery.n8n.client.workflow(workflowId);
		const settings = nodes.find(({ name }) => name === 'Settings')!;
		const { assignments } = settings.parameters.assignments as unknown as {
			assignments: Array<{ name: string; value: unknown }>;
		};
		const folder = assignments.find(({ name }) => name === 'outputFolder')!;
		folder.value = `${gallery.files}/blocked`;
		await gallery.n8n.client.updateWorkflow(workflowId, { nodes });
		await gallery.n8n.client.publishWorkflow(workflowId);
		await upload(gallery, workflowId, 'late.csv', url!);
		await until('The failure is reported', async () =>
			(await errorsOf(gallery.n8n.client, workflowId)).some((said) =>
				said.includes('could not be saved'),
			),
		);
		expect((await rowOf(gallery, url!))?.state).toBe('submitted');

		folder.value = gallery.files;
		await gallery.n8n.client.updateWorkflow(workflowId, { nodes });
		await gallery.n8n.client.publishWorkflow(workflowId);
		await until(
			'The transcript is saved',
			async () => (await rowOf(gallery, url!))?.state === 'done',
		);
	});

	it('saves the other transcripts where some cannot be saved, and says why of each', async () => {
		const [first, second, third] = links(3, 'slow-4s-saved') as [string, string, string];
		await upload(gallery, workflowId, 'three.csv', [first, second, third].join('\n'));
		const pathOf = async (url: string) => {
			const isSubmitted = async () => Boolean((await rowOf(gallery, url))?.transcriptionId);
			await until('It is submitted', isSubmitted);
			return `${gallery.files}/${String((await rowOf(gallery, url))!.transcriptionId)}.txt`;
		};
		// in the place of one lies a folder, in that of another a link to itself
		const [folder, loop] = [await pathOf(first), await pathOf(third)];
		await mkdir(folder);
		await symlink(loop, loop);
		const said = async () =>
			(await errorsOf(gallery.n8n.client, workflowId)).find((each) =>
				each.startsWith('2 transcripts could not be saved'),
			);
		await until('The failures are reported', async () => (await said()) !== undefined);

		expect(await said()).toMatch(/: The file path .* is a directory; ELOOP: .*$/);
		expect((await rowOf(gallery, second))?.state).toBe('done');
		await rm(folder, { recursive: true });
		await rm(loop);
		await until('All are saved', async () => {
			const rows = await Promise.all([first, third].map(async (url) => rowOf(gallery, url)));
			return rows.every((row) => row?.state === 'done');
		});
	});

	it('makes its Data Table anew when somebody has deleted it', async () => {
		const { tables } = gallery.n8n.client;
		const [table] = await tables.list();
		await tables.delete(table!.id);
		const [url] = links(1, 'after-the-table-was-deleted');
		await upload(gallery, workflowId, 'anew.csv', url!);
		await until('The link is done', async () => (await rowOf(gallery, url!))?.state === 'done');

		expect(await gallery.rows(BACKLOG)).toHaveLength(1);
	});
});
