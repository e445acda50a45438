import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives n8n-core a folder of its own: without it, it would write into the developer's ~/.n8n. */
export default function (): void {
	process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-unit-'));
	process.env.N8N_ENCRYPTION_KEY = 'unit-test-encryption-key';
	process.env.N8N_LOG_LEVEL = 'silent';
}
