import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import type { DataTableRow, WorkflowJson } from '../../../dev/n8n/types';
import type { Gallery } from './gallery';
import { shortenWaits } from './shorterWaits';
import { until } from '../basics/until';
import { versionOf } from '../workflows/workflows';

/** Providers whose nodes may stand in the template folder-watcher-any-provider. */
export const WATCHER_PROVIDERS = ['scriptivox', 'whipscribe', 'transcripton'] as const;
export type WatcherProvider = (typeof WATCHER_PROVIDERS)[number];

/** The Data Table of the template. */
export const ANY_PROVIDER_TABLE = 'Recordings of the any-provider watcher';

const TEMPLATE = 'folder-watcher-any-provider';
const LEASE_MS = 15_000;
const SETTLED_WITHIN_SECONDS = 150;
const FINAL_STATES = ['done', 'failed'];

/** Puts another provider's nodes in the place of both, as the note beside them says. */
function swapTo(name: WatcherProvider): (workflow: WorkflowJson) => void {
	return (workflow) => {
		shortenWaits(workflow, LEASE_MS);
		if (name === 'scriptivox') return;
		const nodeOf = (nodeName: string) => workflow.nodes.find((each) => each.name === nodeName)!;
		const isKeyed = name === 'whipscribe';
		const [transcribe, get] = [nodeOf('Transcribe'), nodeOf('Get Transcripts')];
		const { idempotencyKey, ...others } = transcribe.parameters.options as INodeParameters;
		swap(transcribe, name, {
			...transcribe.parameters,
			resource: 'job',
			options: { ...others, ...(isKeyed && { idempotencyKey }) },
		});
		const { transcriptionId, ...ofGet } = get.parameters;
		const options = ofGet.options as INodeParameters;
		swap(get, name, {
			...ofGet,
			resource: 'job',
			jobId: transcriptionId!,
			options: { ...options, ...(isKeyed && { claimToken: '={{ $json.claimToken }}' }) },
		});
	};
}

function swap(node: INode, name: WatcherProvider, parameters: INodeParameters): void {
	node.type = `n8n-nodes-transcription.${name}`;
	node.typeVersion = versionOf(node.type);
	node.parameters = parameters;
}

let sizes = 20_000;

/** The folders of one provider's copy of the template, and what is in them. */
export class AnyProviderFolders {
	private constructor(
		private readonly root: string,
		/** The copy's ID. */
		readonly workflowId: string,
	) {}

	/** Publishes a copy of the template with a provider's nodes, on folders of its own in a gallery's. */
	static async publish(gallery: Gallery, name: WatcherProvider): Promise<AnyProviderFolders> {
		const root = join(gallery.files, name);
		await mkdir(join(root, 'input'), { recursive: true });
		const workflowId = await gallery.publishTemplate(TEMPLATE, {
			settings: settingsOf(root),
			secondsBetween: { 'Every 10 Seconds': 3 },
			edit: swapTo(name),
		});
		return new AnyProviderFolders(root, workflowId);
	}

	of(name: string): string {
		return join(this.root, name);
	}

	/** @param bytes a size of its own unless given, as recordings have */
	async drop(fileName: string, bytes = (sizes += 7)): Promise<void> {
		await writeFile(this.of('staged'), randomBytes(bytes));
		await rename(this.of('staged'), join(this.of('input'), fileName));
	}

	/** Every text in the output folder by its name. */
	async texts(): Promise<Record<string, string>> {
		const names = (await readdir(this.of('output'))).filter((name) => !name.startsWith('.'));
		const texts = names.map(
			async (name) => [name, await readFile(join(this.of('output'), name), 'utf8')] as const,
		);
		return Object.fromEntries(await Promise.all(texts));
	}

	/** What was written of the recordings whose names begin so. */
	async textsOf(stem: string): Promise<Record<string, string>> {
		const texts = Object.entries(await this.texts());
		return Object.fromEntries(
			texts.filter(([name]) => name.replace('failed_', '').startsWith(stem)),
		);
	}
}

function settingsOf(root: string) {
	return {
		inputFolder: join(root, 'input'),
		outputFolder: join(root, 'output'),
		doneFolder: join(root, 'done'),
		failedFolder: join(root, 'failed'),
		settleSeconds: 1,
		files: 'txt, srt',
	};
}

/** Waits until no recording is left in the input folders, and each has its transcript or note. */
export async function untilEachIsThrough(
	gallery: Gallery,
	folders: AnyProviderFolders[],
): Promise<void> {
	const isOpen = ({ state }: DataTableRow) => !FINAL_STATES.includes(String(state));
	const stand = async () => {
		const open = (await gallery.rows(ANY_PROVIDER_TABLE)).filter(isOpen);
		return open.map(({ path, state, message }) => `\n${path} ${state} ${message}`).join('');
	};
	const isThrough = async () => {
		for (const each of folders) {
			if ((await readdir(each.of('input'))).length > 0) return false;
		}
		return !(await gallery.rows(ANY_PROVIDER_TABLE)).some(isOpen);
	};
	await until('Every file has its transcript or note', isThrough, SETTLED_WITHIN_SECONDS, stand);
}
