import { STICKY_NOTE } from '../../../dev/templates/stickyNote';
import { readTemplate, templateNames } from '../../../dev/templates/template';
import { NUMBER_WORDS } from './numberWords';
import { textOf } from './textOf';

/** How many nodes a template has, its notes left out. */
async function nodesIn(template: string): Promise<number> {
	const { nodes } = await readTemplate(template);
	return nodes.filter(({ type }) => type !== STICKY_NOTE).length;
}

/** A template's name, of the title that the docs give it. */
function nameOf(title: string): string {
	return title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

const [unreleased = ''] = textOf('CHANGELOG.md').split(/^## \[\d/m);
const counted = [...unreleased.matchAll(/\*([^*]+)\* has (\d+) nodes/g)].map(
	([, title, number]): [string, number] => [nameOf(title!), Number(number)],
);

it('the changelog counts the nodes of several templates', () => {
	expect(counted.length).toBeGreaterThan(5);
});

it.each(counted)('the changelog counts the nodes of %s: %d', async (template, number) => {
	expect(await nodesIn(template)).toBe(number);
});

it.each(templateNames(['starters']))('the page of %s counts its nodes', async (template) => {
	const [, word] = /\b([A-Z][a-z]+) nodes\b/.exec(textOf(`docs/templates/${template}.md`)) ?? [];

	expect(word?.toLowerCase()).toBe(NUMBER_WORDS[await nodesIn(template)]);
});
