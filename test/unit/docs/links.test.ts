import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectFolder } from '../../../dev/paths';
import { templateNames } from '../../../dev/templates/template';
import { packNodes } from '../harness';
import { textOf } from './textOf';

const folders = ['.', 'docs', 'docs/providers', 'docs/templates', 'templates', 'dev/simulator'];
const pages = folders.flatMap((folder) =>
	readdirSync(join(projectFolder, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name)),
);
const templates = templateNames();

/** Where a page's links and pictures point, without what is on the web. */
function targetsOf(page: string): string[] {
	const text = textOf(page).replace(/```[\s\S]*?```/g, '');
	const links = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/src="([^"]+)"/g)];
	return links.map(([, target]) => String(target)).filter((target) => !/^\w+:/.test(target));
}

/** A heading's anchor, as GitHub makes it. */
function anchorsOf(page: string): string[] {
	return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		String(heading)
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);
}

function isBroken(page: string, target: string): boolean {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? page : relative('.', join(dirname(page), path));
	if (!existsSync(join(projectFolder, file))) return true;
	return anchor !== undefined && !anchorsOf(file).includes(anchor);
}

describe('the docs', () => {
	it.each(pages)('link only to what is there in %s', (page) => {
		expect(targetsOf(page).filter((target) => isBroken(page, target))).toEqual([]);
	});

	it('name only tests that are there in SECURITY.md', () => {
		const named = [...textOf('SECURITY.md').matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path!);

		expect(named.length).toBeGreaterThan(20);
		expect(named.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
	});

	it.each(['README.md', 'templates/README.md'])('list each template in %s', (page) => {
		const targets = targetsOf(page).join('\n');

		expect(templates.filter((name) => !targets.includes(`docs/templates/${name}.md`))).toEqual([]);
	});

	it('list each node in README.md', () => {
		const names = packNodes().map(({ description }) => description.displayName);
		const text = textOf('README.md');

		expect(names.filter((name) => !text.includes(`[${name}](`))).toEqual([]);
	});

	it('list each file of dev/n8n in its README', () => {
		const files = readdirSync(join(projectFolder, 'dev/n8n')).filter((name) =>
			/\.(ts|cjs)$/.test(name),
		);
		const text = textOf('dev/n8n/README.md');

		expect(files.length).toBeGreaterThan(15);
		expect(files.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
	});
});
