import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { projectFolder } from '../../dev/paths';

const docs = join(projectFolder, 'docs');
const link = /(?:\]\(|src=")([^)"\s]+\.png)/g;

/** The names, below docs/pictures and without extension, of all pictures that the docs show. */
export async function picturesInDocs(): Promise<string[]> {
	const pages = (await readdir(docs, { recursive: true }))
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(docs, file));
	const names = await Promise.all([join(projectFolder, 'README.md'), ...pages].map(picturesIn));
	return [...new Set(names.flat())].sort();
}

async function picturesIn(page: string): Promise<string[]> {
	const text = await readFile(page, 'utf8');
	return [...text.matchAll(link)]
		.map(([, address]) => relative(join(docs, 'pictures'), join(dirname(page), String(address))))
		.map((file) => file.slice(0, -'.png'.length));
}
