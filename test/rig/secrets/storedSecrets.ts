import type { SecretWatch } from './secretWatch';

/** Where an n8n keeps what it has. */
export interface Kept {
	/** Its folder, absolute. */
	root: string;
	/** What keeps the rest where n8n is in queue mode. */
	queue?: { redis: { folder: string }; postgres: { dump(): Promise<string> } };
}

/** Looks for secrets in all that an n8n keeps: its folder, in queue mode also what Redis writes down and PostgreSQL. */
export async function searchStored(secrets: SecretWatch, { root, queue }: Kept): Promise<void> {
	await secrets.searchFolder(root);
	if (!queue) return;
	await secrets.searchFolder(queue.redis.folder);
	secrets.searchText('The database', await queue.postgres.dump());
}
