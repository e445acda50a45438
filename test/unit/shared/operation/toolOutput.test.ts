import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	LONGEST_FOR_A_MODEL,
	MOST_FOR_A_MODEL,
} from '../../../../nodes/shared/operation/toolOutput';
import { runNode } from '../../harness';
import { probe } from '../probe';

const longText = 'word '.repeat(LONGEST_FOR_A_MODEL / 4);
const longList = Array.from({ length: 1000 }, (_, start) => ({ start, text: 'a few words' }));

async function outputOf(item: INodeExecutionData, asTool: boolean): Promise<INodeExecutionData> {
	const setup = probe(async () => [item]);
	// n8n makes the tool of the node's own description
	if (asTool) setup.node.description.name += 'Tool';
	const [output] = await runNode(setup);
	return output!;
}

describe('a node as a tool of an AI Agent', () => {
	it('gives the model the beginning of a long text, and says so', async () => {
		const { json } = await outputOf({ json: { id: 'a', text: longText } }, true);

		expect(json).toEqual({
			id: 'a',
			text: `${longText.slice(0, LONGEST_FOR_A_MODEL)}…`,
			cut: ['text'],
		});
	});

	it('leaves out lists and objects that are long, and bytes', async () => {
		const json: IDataObject = { segments: longList, raw: { longText }, speakers: ['A'] };
		const binary = { data: { data: 'AAAA', mimeType: 'audio/wav' } };

		expect(await outputOf({ json, binary }, true)).toEqual({
			json: { segments: [], raw: null, speakers: ['A'], cut: ['segments', 'raw'] },
			pairedItem: { item: 0 },
		});
	});

	it('changes nothing of what is short', async () => {
		const json = { id: 'a', text: 'x'.repeat(LONGEST_FOR_A_MODEL), error: null, segments: [] };

		expect((await outputOf({ json }, true)).json).toEqual(json);
	});

	it('is the only one to shorten: in a workflow everything goes on', async () => {
		const item = { json: { text: longText, segments: longList } };

		expect((await outputOf(item, false)).json).toEqual(item.json);
	});

	it('gives as many of many items as a model can read, and says how many are left out', async () => {
		const many = Array.from({ length: 1000 }, (_, number) => ({
			json: { number, text: 'x'.repeat(100) },
		}));
		const setup = probe(async () => many);
		setup.node.description.name += 'Tool';
		const given = await runNode(setup);
		const jsons = given.map(({ json }) => json);

		expect(JSON.stringify(jsons).length).toBeLessThan(MOST_FOR_A_MODEL + 100);
		expect(given.length).toBeGreaterThan(300);
		expect(jsons.at(-1)).toMatchObject({ itemsLeftOut: 1000 - given.length });
		expect(jsons.slice(0, -1)).toEqual(many.slice(0, given.length - 1).map(({ json }) => json));
	});
});
