import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { workFolder } from '../paths';

/** The folders that the watcher works on, absolute. */
export interface WatchedFolders {
	/** Holds the other four. */
	root: string;
	input: string;
	output: string;
	done: string;
	failed: string;
}

/** Makes the folders that `npm start` watches, inside the project. */
export async function makeWatchedFolders(): Promise<WatchedFolders> {
	const root = join(workFolder, 'folder-watcher');
	const folders = {
		root,
		input: join(root, 'input'),
		output: join(root, 'output'),
		done: join(root, 'done'),
		failed: join(root, 'failed'),
	};
	for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
	return folders;
}
