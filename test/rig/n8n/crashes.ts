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
const requireOfN8n = createRequire(join(projectFolder, 'dev', 'n8n', 'package.json'));

/** Calls an execution crashed as n8n's queue mode does, where the process that ran it has gone: nobody is told. */
export async function callCrashed({ logFile }: N8nInstance, executionId: string): Promise<void> {
	const { Database } = requireOfN8n('sqlite3') as Sqlite3;
	const database = new Database(join(dirname(logFile), '.n8n', 'database.sqlite'));
	database.configure('busyTimeout', OTHERS_WRITE_MS);
	await new Promise<void>((resolve, reject) => {
		database.run(CALL_CRASHED, [sqliteTime(new Date()), executionId], (error) =>
			error ? reject(error) : resolve(),
		);
	}).finally(() => database.close());
}

/** A time in UTC as n8n's database has it, e.g. 2026-11-28 15:51:07.123. */
function sqliteTime(time: Date): string {
	return time.toISOString().replace('T', ' ').replace('Z', '');
}
