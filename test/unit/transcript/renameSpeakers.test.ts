import type { INodeParameters } from 'n8n-workflow';

import { errorOf } from '../harness';
import { run, TALK } from './support';

const inList = (...values: Array<{ from: string; to: string }>) => ({
	namesFrom: 'list',
	names: { values },
});
const rename = async (parameters: INodeParameters) =>
	(await run('renameSpeakers', TALK, parameters))[0]!.json;

describe('Rename Speakers', () => {
	it('puts names for labels and tells what it could not name', async () => {
		const names = inList({ from: 'Ann', to: 'Anna' }, { from: 'Carl', to: 'Karl' });

		expect(await rename(names)).toEqual({
			...TALK,
			speakers: ['Anna', 'Bob'],
			segments: TALK.segments.map((segment) => ({
				...segment,
				speaker: segment.speaker === 'Ann' ? 'Anna' : segment.speaker,
			})),
			labelsNotFound: ['Carl'],
			labelsWithoutName: ['Bob'],
		});
	});

	it.each<[string, INodeParameters]>([
		['an object', { namesFrom: 'object', namesObject: { Ann: 'Anna', Bob: 'Bo' } }],
		['an object as JSON', { namesFrom: 'object', namesObject: '{ "Ann": "Anna", "Bob": "Bo" }' }],
		['an expression', { namesFrom: 'object', namesObject: '={{ { Ann: "Anna", Bob: "Bo" } }}' }],
		[
			'a list of another node',
			{
				namesFrom: 'object',
				namesObject: [
					{ from: 'Ann', to: 'Anna' },
					{ from: 'Bob', to: 'Bo' },
				],
			},
		],
		[
			'a list with an empty row',
			inList({ from: '', to: '' }, { from: 'Ann', to: 'Anna' }, { from: 'Bob', to: 'Bo' }),
		],
		[
			'the same name twice',
			inList(...['Anna', 'Anna'].map((to) => ({ from: 'Ann', to })), { from: 'Bob', to: 'Bo' }),
		],
	])('takes names from %s', async (_what, parameters) => {
		expect(await rename(parameters)).toMatchObject({
			speakers: ['Anna', 'Bo'],
			labelsNotFound: [],
			labelsWithoutName: [],
		});
	});

	it('leaves a label whose name another node does not know', async () => {
		const namesObject = { Ann: 'Anna', Bob: null };

		expect(await rename({ namesFrom: 'object', namesObject })).toMatchObject({
			speakers: ['Anna', 'Bob'],
			labelsWithoutName: ['Bob'],
		});
	});

	it.each<[string, INodeParameters, string]>([
		['nothing', {}, 'There are no names to put'],
		['empty rows', inList({ from: '', to: '' }), 'There are no names to put'],
		['an empty object', { namesFrom: 'object', namesObject: {} }, 'There are no names to put'],
		[
			'a text',
			{ namesFrom: 'object', namesObject: 'Ann' },
			'Names is neither an object nor a list',
		],
		[
			'a list of texts',
			{ namesFrom: 'object', namesObject: ['Ann'] },
			'Names is neither an object nor a list',
		],
		['a name alone', inList({ from: ' ', to: 'Ann' }), 'The name "Ann" has no label'],
		[
			'two names for a label',
			inList({ from: 'Ann', to: 'A' }, { from: 'Ann', to: 'B' }),
			'The label "Ann" has two names',
		],
	])('refuses %s', async (_what, parameters, message) => {
		const error = await errorOf(rename(parameters));

		expect(error.message).toBe(`${message} [item 0]`);
		expect(error.description).toMatch(/\.$/);
	});
});
