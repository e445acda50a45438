import { inputError } from '../shared/core/errors';
import type { RequestContext } from '../shared/core/provider';
import { extensionOf, plainName } from '../shared/files/fileName';
import type { DropboxFile, TriggerContext, WatchedFolder } from './api';

/** How the node learns of changes. */
export type Receive = 'webhook' | 'polling';

/** How the node learns of changes. */
export function receiveOf(context: TriggerContext): Receive {
	return context.getNodeParameter('receive', 'polling') as Receive;
}

/**
 * The folder that the user chose.
 *
 * @throws NodeOperationError where none is chosen, or the path is none
 */
export function folderOf(context: TriggerContext): WatchedFolder {
	const value = context.getNodeParameter('folder', '', { extractValue: true });
	const path = typeof value === 'string' ? value.trim() : '';
	if (!path.startsWith('/')) throw noFolder(context, path);
	return {
		// Dropbox wants the root as an empty text, and no slash at the end
		path: path.replace(/\/+$/, ''),
		recursive: context.getNodeParameter('includeSubfolders', true) as boolean,
	};
}

function noFolder(context: RequestContext, path: string) {
	const problem =
		path === '' ? 'No folder is chosen' : 'The path of the folder has no slash in front';
	return inputError(context.getNode(), problem, {
		description: 'Choose a folder from the list, or enter a path such as /Recordings.',
	});
}

/** Whether a file has one of the endings that the user chose. */
export function isWanted(context: TriggerContext, { name }: DropboxFile): boolean {
	const extensions = String(context.getNodeParameter('extensions', ''))
		.split(/[\s,;]+/)
		.map((extension) => extension.replace(/^[*.]+/, '').toLowerCase())
		.filter((extension) => extension !== '');
	return extensions.length === 0 || extensions.includes(extensionOf(plainName(name)));
}
