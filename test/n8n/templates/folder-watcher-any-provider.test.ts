import { createHash, randomBytes } from 'node:crypto';
import { lstat, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	ANY_PROVIDER_TABLE,
	AnyProviderFolders,
	untilEachIsThrough,
	WATCHER_PROVIDERS,
	type WatcherProvider,
} from '../../rig/templates/anyProviderWatcher';
import { Gallery } from '../../rig/templates/gallery';
import { EARLIER_ENGINE } from '../../rig/n8n/n8n';
import { until } from '../../rig/basics/until';

/** What each provider calls the request that starts a job with a file. */
const starts: Record<WatcherProvider, string> = {
	scriptivox: 'POST /transcribe',
	whipscribe: 'POST /transcribe',
	transcripton: 'POST /jobs',
};
const KILLS = 2;
const FILES_A_KILL = 3;

describe('the folder watcher with a provider in two nodes', () => {
	let gallery: Gallery;
	let folders: Record<WatcherProvider, AnyProviderFolders>;

	const statistics = (name: WatcherProvider) => gallery.simulator[name].statistics();

	const jobsOfEach = () => WATCHER_PROVIDERS.map((name) => statistics(name).jobs);

	async function dropAll(fileName: string, bytes?: number): Promise<void> {
		for (const each of Object.values(folders)) await each.drop(fileName, bytes);
	}

	const untilSettled = async () => await untilEachIsThrough(gallery, Object.values(folders));

	beforeAll(async () => {
		gallery = await Gallery.start({
			simulator: {
				scriptivox: { rateLimits: { enabled: false } },
				transcripton: { checkFirstBytes: false, rateLimits: { enabled: false } },
			},
			environment: EARLIER_ENGINE,
		});
		const entries: Array<[WatcherProvider, AnyProviderFolders]> = [];
		for (const name of WATCHER_PROVIDERS) {
			entries.push([name, await AnyProviderFolders.publish(gallery, name)]);
		}
		folders = Object.fromEntries(entries) as Record<WatcherProvider, AnyProviderFolders>;
	});

	afterAll(async () => await gallery?.stop());

	it('writes a transcript or a note for each file and pays once, with any of them', async () => {
		for (const file of ['meeting.mp3', 'meeting.wav', '"q" [a]* é.mp3']) await dropAll(file);
		await dropAll('empty.mp3', 0);
		await dropAll('memo.amr');
		await dropAll('fail-job fail-PROCESSING_ERROR.mp3');
		await untilSettled();

		for (const name of WATCHER_PROVIDERS) {
			const written = await folders[name].texts();
			expect(Object.keys(written).sort()).toEqual([
				'"q" [a]* é.srt',
				'"q" [a]* é.txt',
				'failed_empty.txt',
				'failed_fail-job fail-PROCESSING_ERROR.txt',
				'failed_memo.txt',
				'meeting.srt',
				'meeting.txt',
				'meeting_2.srt',
				'meeting_2.txt',
			]);
			expect(written['meeting.txt']).toMatch(/\w+ \w+/);
			expect(written['meeting.txt']).not.toBe(written['meeting_2.txt']);
			expect(written['meeting.srt']).toMatch(/^1\r?\n00:00:0/);
			expect(written['failed_empty.txt']).toContain('Code: FILE_EMPTY');
			expect(written['failed_memo.txt']).toContain('does not take .amr files');
			expect(written['failed_fail-job fail-PROCESSING_ERROR.txt']).toMatch(
				/^File: .+\nCode: \w+\nMessage: (?!.*could not transcribe).+\n$/,
			);
			expect((await readdir(folders[name].of('done'))).length).toBe(3);
			expect((await readdir(folders[name].of('failed'))).length).toBe(3);
			expect(statistics(name)).toMatchObject({ jobs: 4, paidJobs: 3 });
		}
	});

	it('goes on with a job that was noted, and finds one that was not, when n8n is killed', async () => {
		const before = jobsOfEach();
		await dropAll('slow-12s.mp3');
		await until('The jobs are noted', async () => {
			const rows = await gallery.rows(ANY_PROVIDER_TABLE);
			return rows.filter(({ file, job }) => file === 'slow-12s.mp3' && job).length === 3;
		});
		for (const name of WATCHER_PROVIDERS) {
			const fault = { kind: 'delay', stage: 'reply', seconds: 30 } as const;
			gallery.simulator[name].fail({ endpoint: starts[name], ...fault });
		}
		await dropAll('unheard.mp3');
		await until('The jobs are started', () => {
			return jobsOfEach().every((jobs, index) => jobs === before[index]! + 2);
		});
		await gallery.crash();
		await untilSettled();

		expect(jobsOfEach()).toEqual(before.map((jobs) => jobs + 2));
		for (const name of WATCHER_PROVIDERS) {
			expect(Object.keys(await folders[name].textsOf('slow')).sort()).toEqual([
				'slow-12s.srt',
				'slow-12s.txt',
			]);
		}
		for (const name of ['scriptivox', 'whipscribe'] as const) {
			expect(await folders[name].textsOf('unheard')).toMatchObject({
				'unheard.txt': expect.stringMatching(/\w+ \w+/) as string,
			});
		}
		// it knows no keys, so that to send it again might be paid twice
		expect(await folders.transcripton.textsOf('unheard')).toEqual({
			'failed_unheard.txt': expect.stringContaining('Code: INTERRUPTED') as string,
		});
	});

	it('leaves each file with one transcript or one note after kills at any moment', async () => {
		const before = jobsOfEach();
		for (let kill = 0; kill < KILLS; kill++) {
			for (let file = 0; file < FILES_A_KILL; file++)
				await dropAll(`kill ${kill} file ${file}.mp3`);
			await sleep(3000 + Math.random() * 5000);
			await gallery.crash();
		}
		await untilSettled();

		for (const [index, name] of WATCHER_PROVIDERS.entries()) {
			const stems = Object.keys(await folders[name].textsOf('kill'))
				.filter((file) => file.endsWith('.txt'))
				.map((file) => file.replace(/^failed_/, ''));
			expect(stems).toHaveLength(KILLS * FILES_A_KILL);
			expect(new Set(stems).size).toBe(KILLS * FILES_A_KILL);
			const jobs = statistics(name).jobs - before[index]!;
			const notes = Object.keys(await folders[name].textsOf('kill')).filter((file) =>
				file.startsWith('failed_'),
			);
			if (name !== 'transcripton')
				expect({ name, notes, jobs }).toEqual({ name, notes: [], jobs: 6 });
			else expect(jobs).toBeGreaterThanOrEqual(6 - notes.length);
			expect(jobs).toBeLessThanOrEqual(6);
		}
	});

	it('finishes what the table of version 0.1.0 still had under way', async () => {
		const { tables } = gallery.n8n.client;
		const whipscribe = folders.whipscribe;
		const input = whipscribe.of('input');
		const hash = createHash('sha256').update(input).digest('hex').slice(0, 12);
		const { jobs } = statistics('whipscribe');
		const kept = { state: 'transcribed', transcriptId: 'of before', text: 'kept words' };
		const keyed = { state: 'working', sentAt: 1, idempotencyKey: 'a-key-of-version-0.1.0' };
		const unkeyed = { state: 'working', sentAt: 1, idempotencyKey: '' };
		await startJob(keyed.idempotencyKey);

		const table010 = await tables.create(`Any-provider watcher input ${hash}`, [
			...['path', 'version', 'changedAt', 'state', 'owner', 'idempotencyKey'].map(textColumn),
			...['transcriptId', 'text', 'errorCode', 'errorMessage', 'output'].map(textColumn),
			{ name: 'sentAt', type: 'number' as const },
			{ name: 'finishedAt', type: 'number' as const },
		]);
		const staged = whipscribe.of('staged');
		for (const [name, more] of Object.entries({ kept, keyed, unkeyed })) {
			await writeFile(staged, randomBytes(20_000));
			const { ino, size, mtimeNs } = await lstat(staged, { bigint: true });
			const path = join(input, `${name}.mp3`);
			const row = { path, version: `${ino}:${size}:${mtimeNs}`, changedAt: '1', ...more };
			await tables.insertRows(table010.id, [row]);
			await rename(staged, path);
		}
		await until('Each has its end', async () => {
			const ended = await Promise.all(
				['kept', 'keyed', 'unkeyed'].map(async (name) => {
					return Object.keys(await whipscribe.textsOf(name)).length > 0;
				}),
			);
			return ended.every(Boolean);
		});
		await untilSettled();

		expect(await whipscribe.textsOf('kept')).toEqual({ 'kept.txt': 'kept words' });
		expect(await whipscribe.textsOf('keyed')).toMatchObject({
			'keyed.txt': expect.stringMatching(/\w+ \w+/) as string,
		});
		expect(await whipscribe.textsOf('unkeyed')).toEqual({
			'failed_unkeyed.txt': expect.stringContaining('Code: INTERRUPTED') as string,
		});
		expect(statistics('whipscribe').jobs).toBe(jobs + 1);
	});

	/** Sends a recording to Whipscribe as an earlier version did, with its key. */
	async function startJob(idempotencyKey: string): Promise<void> {
		const { baseUrl, apiKey } = gallery.simulator.whipscribe;
		const body = new FormData();
		body.append('file', new Blob([new Uint8Array(randomBytes(20_000))]), 'keyed.mp3');
		body.append('source', 'api');
		const headers = { 'x-api-key': apiKey, 'idempotency-key': idempotencyKey };
		const { status } = await fetch(`${baseUrl}/transcribe`, { method: 'POST', headers, body });
		expect(status).toBe(202);
	}

	const textColumn = (name: string) => ({ name, type: 'string' as const });
});
