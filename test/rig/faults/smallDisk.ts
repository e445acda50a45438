import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MEGABYTES = 4;
const FILLING = '.filling';

/** A disk of a few megabytes in memory, which can be filled. */
export class SmallDisk {
	private constructor(private readonly folder: string) {}

	/**
	 * Mounts it at a folder, which is made.
	 *
	 * @returns undefined where this user may not mount
	 */
	static async mount(folder: string): Promise<SmallDisk | undefined> {
		await mkdir(folder, { recursive: true });
		try {
			await run('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder]);
		} catch {
			return undefined;
		}
		return new SmallDisk(folder);
	}

	/** Takes all the room that is left. */
	async fill(): Promise<void> {
		const file = await open(join(this.folder, FILLING), 'w');
		try {
			const page = Buffer.alloc(4096);
			for (;;) await file.write(page);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
		} finally {
			await file.close();
		}
	}

	/** Gives the room back. */
	async free(): Promise<void> {
		await rm(join(this.folder, FILLING));
	}

	async unmount(): Promise<void> {
		await run('umount', [this.folder]);
	}
}
