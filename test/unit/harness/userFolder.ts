import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads this as it is loaded: without it, it would write into the developer's own ~/.n8n
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-unit-'));
process.env.N8N_ENCRYPTION_KEY = 'unit-test-encryption-key';
process.env.N8N_LOG_LEVEL = 'silent';
