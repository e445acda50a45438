import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { N8nInstance } from '../../../dev/n8n/instance';
import { projectFolder } from '../../../dev/paths';

/** What is used here of the package that n8n opens its database with. */
interface Sqlite3 {
	Database: new (file: string) => {
		configure(option: 'busyTimeout', milliseconds: number): void;
		run(sql: string, values: unknown[], done: (error: Error | null) => void): void;
		close(): void;
	};
}

const OTHERS_WRITE_MS = 5000;
const CALL_CRASHED =
	"UPDATE execution_entity SET status = 'crashed', stoppedAt = ?, waitTill = NULL WHERE id = ?";
const ADD_CRASHED = `INSERT INTO execution_entity (workflowId, finished, mode, status, startedAt, stoppedAt)
	WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
	SELECT workflowId, 0, mode, 'crashed', ?, ? FROM execution_entity, numbers WHERE id = ?`;
const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000;
const WRITE_OVER = 'UPDATE execution_data SET data = ? WHERE executionId = ?';
/** What n8n writes over the data of an execution that was *processed too many times*, without its reason. */
const NOTHING = JSON.stringify([{ version: 1, resultData: '1' }, { runData: '2' }, {}]);
const requireOfN8n = createRequire(join(projectFolder, 'dev', 'n8n', 'package.json'));

/** Calls an execution crashed as n8n's queue mode does, where the process that ran it has gone: nobody is told. */
export async function callCrashed(n8n: N8nInstance, executionId: string): Promise<void> {
	await change(n8n, CALL_CRASHED, [sqliteTime(new Date()), executionId]);
}

/** Adds executions of the same workflow that crashed two days ago, but stand before it in n8n's list. */
export async function addCrashed(
	n8n: N8nInstance,
	executionId: string,
	count: number,
): Promise<void> {
	const then = sqliteTime(new Date(Date.now() - TWO_DAYS_MS));
	await change(n8n, ADD_CRASHED, [count, then, then, executionId]);
}

/** Writes over an execution's data as n8n's queue mode does, where a process died while it went on. */
export async function writeOver(n8n: N8nInstance, executionId: string): Promise<void> {
	await change(n8n, WRITE_OVER, [NOTHING, executionId]);
}

async function change({ logFile }: N8nInstance, sql: string, values: unknown[]): Promise<void> {
	const { Database } = requireOfN8n('sqlite3') as Sqlite3;
	const database = new Database(join(dirname(logFile), '.n8n', 'database.sqlite'));
	database.configure('busyTimeout', OTHERS_WRITE_MS);
	await new Promise<void>((resolve, reject) => {
		database.run(sql, values, (error) => (error ? reject(error) : resolve()));
	}).finally(() => database.close());
}

/** A time in UTC as n8n's database has it, e.g. 2026-11-28 15:51:07.123. */
function sqliteTime(time: Date): string {
	return time.toISOString().replace('T', ' ').replace('Z', '');
}
