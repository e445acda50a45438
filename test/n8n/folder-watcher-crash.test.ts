import { createHash, randomBytes } from 'node:crypto';
import { lstat, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderWatcher, transcriptFor } from '../rig/templates/folderWatcher';
import { EARLIER_ENGINE } from '../rig/n8n/n8n';

const KILLS = 4;
const FILES_A_KILL = 4;

describe('the folder watcher, when n8n is killed', () => {
	const contents = new Map<string, Buffer>();
	let watcher: FolderWatcher;

	async function drop(name: string, bytes?: number): Promise<void> {
		contents.set(name, await watcher.drop(name, bytes ? randomBytes(bytes) : undefined));
	}

	/** Each file has one transcript, its own, and was paid for once. */
	async function expectOneTranscriptEach(): Promise<void> {
		const expected = [...contents].map(([name, content]) => {
			return [name.replace('.mp3', '.txt'), transcriptFor(content)];
		});
		expect(await watcher.texts()).toEqual(Object.fromEntries(expected));
		const { paidJobs, jobs, duplicatesByContent } = watcher.simulator.scriptivox.statistics();
		expect({ paidJobs, jobs, duplicatesByContent }).toEqual({
			paidJobs: contents.size,
			jobs: contents.size,
			duplicatesByContent: 0,
		});
	}

	beforeAll(async () => {
		watcher = await FolderWatcher.start({ environment: EARLIER_ENGINE });
	});

	afterAll(async () => {
		await watcher?.stop();
	});

	it('sends the file again that was being sent', async () => {
		const { scriptivox } = watcher.simulator;
		scriptivox.configure({ uploads: { bytesPerSecond: 100_000 } });
		await drop('sending.mp3', 500_000);
		await watcher.until('The bytes are coming', () => {
			return scriptivox.statistics().peakParallelUploads === 1;
		});
		expect(scriptivox.statistics().uploads.stored).toBe(0);
		await watcher.n8n.kill();
		scriptivox.configure({ uploads: { bytesPerSecond: null } });
		await watcher.n8n.resume();
		await watcher.untilSettled();
		expect(scriptivox.statistics().uploads.created).toBe(2);
		await expectOneTranscriptEach();
	});

	it('sends the file again whose run somebody stopped', async () => {
		const { scriptivox } = watcher.simulator;
		const { created } = scriptivox.statistics().uploads;
		scriptivox.configure({ uploads: { bytesPerSecond: 20_000 } });
		await drop('stopped.mp3', 500_000);
		await watcher.until('The upload is under way', () => {
			return scriptivox.statistics().uploads.created === created + 1;
		});
		const { client } = watcher.n8n;
		const running = await client.executions.newest(watcher.workflowId);
		for (const { id, status } of running) {
			if (status === 'running') await client.executions.stop(id);
		}
		scriptivox.configure({ uploads: { bytesPerSecond: null } });
		await watcher.untilSettled();
		expect(scriptivox.statistics().uploads.created).toBe(created + 2);
		await expectOneTranscriptEach();
	});

	it('starts no job for a file that another run has taken over, as the line was too slow', async () => {
		const { scriptivox } = watcher.simulator;
		const { created, stored } = scriptivox.statistics().uploads;
		scriptivox.configure({ uploads: { bytesPerSecond: 30_000 } });
		await drop('outlived.mp3', 500_000);
		await watcher.until('The first upload is under way', () => {
			return scriptivox.statistics().uploads.created === created + 1;
		});
		await watcher.until('Another run has taken over', () => {
			return scriptivox.statistics().uploads.created === created + 2;
		});
		scriptivox.configure({ uploads: { bytesPerSecond: null } });
		await watcher.untilSettled();
		await watcher.until('The slow upload has ended too', () => {
			return scriptivox.statistics().uploads.stored === stored + 2;
		});
		await watcher.until('No run is left', async () => {
			const executions = await watcher.n8n.client.executions.newest(watcher.workflowId);
			return executions.every(({ status }) => status !== 'running');
		});
		await expectOneTranscriptEach();
	});

	it('fetches what the table of version 0.1.0 says is paid for', async () => {
		const content = randomBytes(20_000);
		const staged = join(watcher.input, '..', 'old.mp3');
		await writeFile(staged, content);
		const { ino, size, mtimeNs } = await lstat(staged, { bigint: true });
		const row = {
			path: join(watcher.input, 'old.mp3'),
			version: `${ino}:${size}:${mtimeNs}`,
			changedAt: '1',
			state: 'submitted',
			idempotencyKey: 'of version 0.1.0',
			transcriptionId: await startJob(content),
		};
		const { tables } = watcher.n8n.client;
		const hash = createHash('sha256').update(watcher.input).digest('hex').slice(0, 12);
		const columns = [...Object.keys(row), 'errorCode', 'errorMessage', 'uploadId', 'request'];
		const table = await tables.create(`Folder watcher input ${hash}`, [
			...columns.map((name) => ({ name, type: 'string' as const })),
			{ name: 'finishedAt', type: 'number' as const },
		]);
		await tables.insertRows(table.id, [row]);
		contents.set('old.mp3', content);
		await rename(staged, row.path);
		await watcher.until('It has its transcript', async () => {
			return 'old.txt' in (await watcher.texts());
		});
		await watcher.untilSettled();
		await expectOneTranscriptEach();
	});

	/** Sends a recording to Scriptivox as an earlier version did, and starts its job. */
	async function startJob(content: Buffer): Promise<string> {
		const { baseUrl, apiKey } = watcher.simulator.scriptivox;
		const post = async (path: string, body: object) => {
			const headers = { authorization: apiKey, 'content-type': 'application/json' };
			const sent = { method: 'POST', headers, body: JSON.stringify(body) };
			return (await (await fetch(baseUrl + path, sent)).json()) as Record<string, string>;
		};
		const { upload_id, upload_url, headers } = (await post('/upload', {
			filename: 'old.mp3',
		})) as unknown as { upload_id: string; upload_url: string; headers: Record<string, string> };
		await fetch(upload_url, { method: 'PUT', headers, body: new Uint8Array(content) });
		return (await post('/transcribe', { upload_id, diarize: false, align: false })).id!;
	}

	it('gets the same job once more that was started but not noted', async () => {
		const { scriptivox } = watcher.simulator;
		const { jobs } = scriptivox.statistics();
		scriptivox.fail({ endpoint: 'POST /transcribe', kind: 'delay', stage: 'reply', seconds: 20 });
		await drop('started.mp3');
		await watcher.until('The job is started', () => scriptivox.statistics().jobs === jobs + 1);
		await watcher.crash();
		await watcher.untilSettled();
		expect(scriptivox.statistics().idempotentReplays).toBe(1);
		await expectOneTranscriptEach();
	});

	it('fetches the result that came while it was dead', async () => {
		await drop('slow-3s.mp3');
		await watcher.untilState('slow-3s.mp3', 'transcribing');
		await watcher.n8n.kill();
		await watcher.until('The webhook found nobody', () => {
			const [last] = watcher.simulator.scriptivox.deliveries().slice(-1);
			return last?.event === 'transcription.completed' && last.status === null;
		});
		await watcher.n8n.resume();
		await watcher.untilSettled();
		await expectOneTranscriptEach();
	});

	it('leaves each file with one transcript after kills at any moment', async () => {
		for (let kill = 0; kill < KILLS; kill++) {
			for (let file = 0; file < FILES_A_KILL; file++) await drop(`kill ${kill} file ${file}.mp3`);
			await sleep(3000 + Math.random() * 6000);
			await watcher.crash();
		}
		await watcher.untilSettled();
		// what a kill in the very last moment left behind is swept away by a later look
		await watcher.until('No hidden text is left', async () => {
			return (await watcher.hiddenTexts()).length === 0;
		});
		await expectOneTranscriptEach();
	});
});
