import { Workflow, type INodeTypes } from 'n8n-workflow';
import type { WorkflowJson } from '../../../dev/n8n/types';
import { readTemplate, templateNames } from '../../../dev/templates/template';

const UNKNOWN = {
	getByName: () => undefined,
	getByNameAndVersion: () => undefined,
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;
const WITHOUT_OUTPUT = /\$\('([^']+)'\)\s*\.(?:first|all)\(\)/g;

/**
 * Where a node takes what another one gave without saying of which output: n8n then takes the output
 * that leads to the node, which is the wrong one where that is the error output.
 */
function ofOtherOutputs({ nodes, connections }: WorkflowJson): string[] {
	const workflow = new Workflow({ nodes, connections, active: false, nodeTypes: UNKNOWN });
	return nodes.flatMap(({ name, parameters }) => {
		const text = JSON.stringify(parameters).replace(/\\[nt]/g, ' ');
		return [...text.matchAll(WITHOUT_OUTPUT)].flatMap(([, other]) => {
			const way = workflow.getNodeConnectionIndexes(name, other!);
			return way && way.sourceIndex > 0
				? [`${name} takes output ${way.sourceIndex} of ${other}`]
				: [];
		});
	});
}

describe('what a node takes of another one', () => {
	it.each(templateNames())('is of its first output, or says of which: %s', async (template) => {
		expect(ofOtherOutputs(await readTemplate(template))).toEqual([]);
	});

	it('would be told of where it is of the error output', async () => {
		const template = await readTemplate('transcript-to-posts');
		const text = JSON.stringify(template).replace('.first(0)', '.first()');

		expect(ofOtherOutputs(JSON.parse(text) as WorkflowJson)).toEqual([
			'What Went Wrong takes output 1 of Read Transcription',
		]);
	});
});
