import type { INodeTypeDescription } from 'n8n-workflow';
import { allNodeTypes } from '../../dev/templates/nodeTypes';

const transcripton = 'n8n-nodes-transcription.transcripton';

describe('the node types that templates are checked against', () => {
	let nodeTypes: INodeTypeDescription[];

	beforeAll(async () => {
		nodeTypes = await allNodeTypes();
	});

	it.each([transcripton, 'n8n-nodes-base.dataTable'])('hold %s as a node and as a tool', (name) => {
		const node = nodeTypes.find((type) => type.name === name)!;
		const tool = nodeTypes.find((type) => type.name === `${name}Tool`)!;

		expect(node.outputs).toEqual(['main']);
		expect(tool.outputs).toEqual(['ai_tool']);
		expect(tool.properties.map((property) => property.name)).toContain('toolDescription');
	});

	it('hold no tool for a trigger', () => {
		const names = nodeTypes.map(({ name }) => name);

		expect(names).toContain(`${transcripton}Trigger`);
		expect(names).not.toContain(`${transcripton}TriggerTool`);
	});
});
