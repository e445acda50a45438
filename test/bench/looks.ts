import { setTimeout as sleep } from 'node:timers/promises';
import { FolderWatcher } from '../rig/templates/folderWatcher';
import { median } from './bench';
import type { Bench } from './bench';

const ENDED = 10_000;
const ROWS_AT_ONCE = 500;
const LOOKS = 15;
const SECONDS_BETWEEN = 3;
const LOOK_AGAIN_MS = 500;
/** What n8n itself writes into a row. */
const OF_N8N = ['id', 'createdAt', 'updatedAt'];

/** How long a look of the folder watcher takes, without and with many files that are done. */
export const looks: Bench = {
	title: `A look of the folder watcher that finds nothing, without and with ${ENDED} files that are done`,
	async run() {
		const watcher = await FolderWatcher.start({
			template: 'folder-watcher-polling',
			asItIs: true,
			lookSeconds: SECONDS_BETWEEN,
			settings: { settleSeconds: 1 },
			// n8n keeps nothing of a look that went well, unless told
			edit: (workflow) => {
				workflow.settings = { ...workflow.settings, saveDataSuccessExecution: 'all' };
			},
		});
		try {
			await watcher.drop('first.mp3');
			await watcher.untilSettled();
			const before = await lookMilliseconds(watcher);
			await addEndedRows(watcher);
			const after = await lookMilliseconds(watcher);
			return [
				`one file is done: ${before.toFixed(0)} ms`,
				`${ENDED} more rows in the table: ${after.toFixed(0)} ms (${(after / before).toFixed(2)} times)`,
			];
		} finally {
			await watcher.stop();
		}
	},
};

/** The median of the looks that come next. */
async function lookMilliseconds({ n8n, workflowId }: FolderWatcher): Promise<number> {
	const earlier = new Set((await n8n.client.executions.newest(workflowId)).map(({ id }) => id));
	for (;;) {
		const ended = (await n8n.client.executions.newest(workflowId)).filter(
			({ id, status }) => status === 'success' && !earlier.has(id),
		);
		if (ended.length >= LOOKS) {
			return median(
				ended.map(({ startedAt, stoppedAt }) => Date.parse(stoppedAt!) - Date.parse(startedAt!)),
			);
		}
		await sleep(LOOK_AGAIN_MS);
	}
}

/** Repeats the row of the file that is done. */
async function addEndedRows(watcher: FolderWatcher): Promise<void> {
	const [done] = await watcher.rows();
	const ended = Object.fromEntries(
		Object.entries(done!).filter(([name]) => !OF_N8N.includes(name)),
	);
	const rows = Array.from({ length: ROWS_AT_ONCE }, () => ended);
	for (let count = 0; count < ENDED; count += ROWS_AT_ONCE) {
		await watcher.insertRows(rows);
	}
}
