import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { textOf } from '../shared/core/wireValues';
import { listFolder, listFurther } from './api';
import type { Listing, WireEntry } from './api';

/**
 * Folders for the picker: those at the top, or, once a path is typed, those in it: `/Team/` offers
 * what is in Team.
 */
export async function searchFolders(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const typed = filter.trim();
	const parent = typed.startsWith('/') ? typed.slice(0, typed.lastIndexOf('/')) : '';
	const listing = paginationToken
		? await listFurther(this, paginationToken)
		: await listFolder(this, { path: parent, recursive: false });
	const root = paginationToken || typed.length > 1 ? [] : [{ name: '/ (Everything)', value: '/' }];
	return { results: [...root, ...foldersIn(listing, typed)], paginationToken: nextOf(listing) };
}

function nextOf({ hasMore, cursor }: Listing): string | undefined {
	return hasMore ? cursor : undefined;
}

function foldersIn({ entries }: Listing, typed: string): Array<{ name: string; value: string }> {
	return entries
		.filter((entry) => entry['.tag'] === 'folder')
		.map(pathOf)
		.filter((path) => path.toLowerCase().includes(typed.toLowerCase()))
		.sort((a, b) => a.localeCompare(b))
		.map((path) => ({ name: path, value: path }));
}

function pathOf({ path_display, path_lower }: WireEntry): string {
	return textOf(path_display) ?? textOf(path_lower) ?? '';
}
