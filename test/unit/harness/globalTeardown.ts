import { rmSync } from 'node:fs';

/** Removes n8n-core's folder. */
export default function (): void {
	rmSync(process.env.N8N_USER_FOLDER!, { recursive: true, force: true });
}
