import { readTemplate, templateNames } from '../../../dev/templates/template';

const LONGEST = 150;

/** Every text of a node's parameters that n8n evaluates, by its path; code is none. */
function expressionsOf(value: unknown, path: string): Array<[string, string]> {
	if (typeof value === 'string') return value.startsWith('=') ? [[path, value]] : [];
	if (typeof value !== 'object' || value === null) return [];
	const entries = Object.entries(value).filter(([key]) => key !== 'jsCode');
	return entries.flatMap(([key, each]) => expressionsOf(each, `${path}.${key}`));
}

describe('an expression of a template', () => {
	it.each(templateNames())('can be taken in at a glance: %s', async (template) => {
		const { nodes } = await readTemplate(template);
		const long = nodes
			.flatMap(({ name, parameters }) => expressionsOf(parameters, name))
			.filter(([, expression]) => expression.length > LONGEST)
			.map(([path, expression]) => `${path}: ${expression.length} characters`);

		expect(long).toEqual([]);
	});
});
