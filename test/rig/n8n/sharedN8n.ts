import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nInstance, type RunningN8n } from '../../../dev/n8n/instance';
import { isFree } from '../../../dev/n8n/ports';
import { samplesFolder } from '../../../dev/paths';
import { placeForProxy, type ProxyPlace } from '../../../dev/proxy/interceptingProxy';
import { emptyN8n } from './emptyN8n';
import { startN8n } from './n8n';
import { pidFile, sharedFolder } from './sharedFolder';

const FILES = 'files';

/** What an n8n is started with, and what suites that share one have in common. */
export interface SharedOptions {
	/** Further environment variables of n8n. */
	environment?: Record<string, string>;
	/** Whether it reaches the internet through a proxy. */
	isProxied?: boolean;
	/** Whether it has its editor, which a start takes longer with. */
	hasEditor?: boolean;
}

interface Left {
	root: string;
	running: RunningN8n;
	place: ProxyPlace | undefined;
}

/**
 * An n8n that the suites of a worker of jest use one after the other, because a start takes seconds of CPU. Who
 * takes it has it alone, and finds it empty.
 */
export class SharedN8n {
	private constructor(
		private readonly key: string,
		/** All that it has lies in here, absolute. */
		readonly root: string,
		/** Files in here may be read and written by workflows, absolute; empty. */
		readonly files: string,
		readonly n8n: N8nInstance,
		/** Undefined where it is not proxied. */
		readonly place: ProxyPlace | undefined,
	) {}

	/** Takes the one that an earlier suite has given back, or starts one. */
	static async take({
		environment = {},
		isProxied = false,
		hasEditor = false,
	}: SharedOptions = {}): Promise<SharedN8n> {
		const key = JSON.stringify([environment, isProxied, hasEditor]);
		const left = globalThis.leftToLaterSuites?.get(key) as Left | undefined;
		if (left) {
			globalThis.leftToLaterSuites?.delete(key);
			const { root, place } = left;
			const n8n = await N8nInstance.takeOver(left.running);
			const taken = new SharedN8n(key, root, await filesIn(root), n8n, place);
			if (!place || (await isFree(place.port))) return taken;
			// somebody has taken the port on which this n8n looks for its proxy
			await taken.end();
		}
		const root = await mkdtemp(join(sharedFolder(), 'n8n-'));
		const files = await filesIn(root);
		const place = isProxied ? await placeForProxy(root) : undefined;
		const n8n = await startN8n({
			folder: join(root, 'n8n'),
			fileFolders: [join(root, FILES), samplesFolder],
			environment: { ...place?.environment, ...environment },
			editor: hasEditor,
		});
		return new SharedN8n(key, root, files, n8n, place);
	}

	/** Ends it, with all that it has. */
	async end(): Promise<void> {
		await this.n8n.stop();
		await rm(this.root, { recursive: true, force: true });
	}

	/** Empties it for a later suite; ends it where none comes, or one more has been given back. */
	async giveBack(): Promise<void> {
		const { key, root, files, n8n, place } = this;
		const { leftToLaterSuites } = globalThis;
		const { running } = n8n;
		if (!leftToLaterSuites || leftToLaterSuites.has(key) || !running) return await this.end();
		await emptyN8n(n8n);
		await rm(files, { recursive: true, force: true });
		await writeFile(join(root, pidFile), String(n8n.pid));
		const { child } = running.process;
		// the worker ends without waiting for it, and it ends with the worker
		child.unref();
		(child.stdin as { unref?(): void } | null)?.unref?.();
		child.setMaxListeners(0);
		leftToLaterSuites.set(key, { root, running, place } satisfies Left);
	}
}

/** A new folder for files, which workflows may read and write. */
async function filesIn(root: string): Promise<string> {
	await mkdir(join(root, FILES), { recursive: true });
	return await mkdtemp(join(root, FILES, 'suite-'));
}
