import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderWatcher, transcriptFor } from '../rig/folderWatcher';

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
		watcher = await FolderWatcher.start();
	});

	afterAll(async () => {
		await watcher?.stop();
	});

	it('sends the file again that was being sent', async () => {
		const { scriptivox } = watcher.simulator;
		scriptivox.configure({ uploads: { bytesPerSecond: 100_000 } });
		await drop('sending.mp3', 500_000);
		await watcher.until('The upload is under way', () => {
			return scriptivox.statistics().uploads.created === 1;
		});
		await sleep(1000);
		expect(scriptivox.statistics().uploads.stored).toBe(0);
		await watcher.n8n.kill();
		scriptivox.configure({ uploads: { bytesPerSecond: null } });
		await watcher.n8n.resume();
		await watcher.untilSettled();
		expect(scriptivox.statistics().uploads.created).toBe(2);
		await expectOneTranscriptEach();
	});

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
		await watcher.untilState('slow-3s.mp3', 'submitted');
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
		// what a kill in the very last moment left behind is swept away at the next start
		await watcher.crash();
		await watcher.until('No part file is left', async () => {
			return Object.keys(await watcher.texts()).every((name) => !name.startsWith('.'));
		});
		await expectOneTranscriptEach();
	});
});
