import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../../dev/n8n/types';
import type { Gallery, ImportOptions } from './gallery';

/** The folder that the templates keep files in. */
export const FILES_OF_TEMPLATES = '/home/node/.n8n-files';
const POLL_SECONDS = 0.2;

/** The node of a workflow with that name, which is there. */
export function nodeNamed({ nodes }: WorkflowJson, name: string): INode {
	return nodes.find((node) => node.name === name)!;
}

/** Publishes a starter with its files in the gallery's folder, which looks at its jobs often. */
export async function publishStarter(
	gallery: Gallery,
	name: string,
	options: ImportOptions = {},
): Promise<string> {
	return await gallery.publishTemplate(name, {
		...options,
		edit(workflow) {
			const here = JSON.parse(
				JSON.stringify(workflow.nodes).replaceAll(FILES_OF_TEMPLATES, gallery.files),
			) as INode[];
			workflow.nodes.splice(0, workflow.nodes.length, ...here);
			nodeNamed(workflow, 'Transcribe').parameters.options = { pollIntervalSeconds: POLL_SECONDS };
			options.edit?.(workflow);
		},
	});
}

/** Makes the folders of the starter folder-to-text-and-subtitles in a gallery's. */
export async function starterFolders(gallery: Gallery) {
	const [recordings, transcripts] = ['recordings', 'transcripts'].map((folder) =>
		join(gallery.files, folder),
	) as [string, string];
	await mkdir(recordings, { recursive: true });
	await mkdir(transcripts, { recursive: true });
	return {
		transcripts,
		/** Puts a recording into the watched folder at one stroke. */
		async drop(name: string): Promise<void> {
			await writeFile(join(gallery.files, name), `ID3 ${name}`);
			await rename(join(gallery.files, name), join(recordings, name));
		},
	};
}
