import { join } from 'node:path';
import type { Cleanup } from '../cleanup';
import { installN8n } from '../n8n/install';
import { N8nInstance } from '../n8n/instance';
import { packTarball } from '../pack';
import { workFolder } from '../paths';
import { makeWatchedFolders, type WatchedFolders } from './folders';
import { installWatcher } from './install';
import { requirePortsFree, type StartOptions } from './options';
import { Progress } from './progress';
import { startService } from './service';

/** A folder watcher that runs. */
export interface Watcher {
	n8n: N8nInstance;
	folders: WatchedFolders;
	/** Tells a line for each move of a file, on the terminal. */
	progress: Progress;
	workflowId: string;
}

/**
 * Builds and packs the pack, starts Scriptivox or its simulator and n8n, and puts the folder
 * watcher into it.
 *
 * @param cleanup receives what has to be ended later, also when this throws
 */
export async function startWatcher(options: StartOptions, cleanup: Cleanup): Promise<Watcher> {
	await requirePortsFree(options);
	const folders = await makeWatchedFolders();
	const pack = await packTarball();
	await installN8n();
	const service = await startService(options.simulatorPort);
	cleanup.add(service.stop);
	console.log(`Scriptivox: ${service.description}`);
	console.log('Starting n8n ...');
	const folder = join(workFolder, `n8n-${service.name}`);
	const publicUrl = process.env.WEBHOOK_URL;
	const n8n = await N8nInstance.start({
		folder,
		pack,
		port: options.port,
		fileFolders: [folders.root],
		environment: publicUrl ? { WEBHOOK_URL: publicUrl } : {},
	});
	cleanup.add(async () => await n8n.stop());
	const progress = new Progress(n8n.client, folders.input, console.log);
	await progress.ignorePast();
	const workflowId = await installWatcher(n8n, folder, service, folders);
	console.log(`n8n is up at ${n8n.url} and looks into ${folders.input} every 10 s`);
	return { n8n, folders, progress, workflowId };
}

/** Prints what a person needs to get at a running watcher. */
export function printWayIn({ n8n, folders, workflowId }: Watcher): void {
	const { email, password } = n8n.owner;
	console.log(`
Editor:   ${n8n.url}/workflow/${workflowId}
Login:    ${email} with the password ${password}
Folder:   ${folders.input} (drop recordings here)
Results:  ${folders.output}
Log:      ${n8n.logFile}
Stop:     Ctrl-C
`);
}
