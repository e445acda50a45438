import type { NodeTypeDescription } from '../../dev/n8n/types';
import { flawsOf } from '../../dev/templates/flaws';
import { readTemplate, templateNames } from '../../dev/templates/template';
import { isAtLeast, OLDEST } from '../../dev/versions/registry';
import packageJson from '../../package.json';
import { Gallery } from '../rig/templates/gallery';
import { found, version } from './thisN8n';

const runsTemplates = isAtLeast(version, OLDEST);

describe('importing', () => {
	let gallery: Gallery;
	let nodeTypes: NodeTypeDescription[];

	beforeAll(async () => {
		gallery = await Gallery.start();
		nodeTypes = await gallery.n8n.client.nodeTypes();
	});

	afterAll(async () => await gallery?.stop());

	it.each(templateNames())('%s', async (name) => {
		const template = await readTemplate(name);
		const ours = template.nodes.filter(({ type }) => type.startsWith(`${packageJson.name}.`));
		const others = template.nodes.filter((node) => !ours.includes(node));
		const flaws = others.flatMap((node) => flawsOf(node, nodeTypes));
		const id = await gallery.importTemplate(name);
		const stored = await gallery.n8n.client.workflow(id);

		expect(stored.nodes.map((node) => node.name)).toEqual(template.nodes.map((node) => node.name));
		expect(ours.flatMap((node) => flawsOf(node, nodeTypes))).toEqual([]);
		if (runsTemplates) expect(flaws).toEqual([]);
		found(
			`Template [${name}](templates/${name}.md)`,
			flaws.length === 0 ? 'yes' : `needs ${OLDEST}`,
		);
	});
});
