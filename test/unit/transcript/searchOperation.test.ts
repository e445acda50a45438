import type { INodeParameters } from 'n8n-workflow';

import { errorOf } from '../harness';
import { asTool, run, TALK } from './support';

const search = async (query: unknown, parameters: INodeParameters = {}) =>
	await run('search', TALK, { query: query as string, ...parameters });

describe('Search', () => {
	it('gives an item a match, with its time, speaker and context', async () => {
		expect(await search('MORNING', { contextWords: 2 })).toEqual([
			{
				json: {
					start: 0,
					end: 1.5,
					speaker: 'Ann',
					before: 'Good ',
					text: 'morning',
					after: '. Morning! Shall',
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					start: 2,
					end: 2.9,
					speaker: 'Bob',
					before: 'Good morning. ',
					text: 'Morning',
					after: '! Shall we',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('leaves out parts of words unless they are wanted', async () => {
		expect(await search('morn')).toEqual([]);
		expect(await search('morn', { wholeWords: false })).toHaveLength(2);
	});

	it('gives no item where it finds nothing, and goes on with the next transcript', async () => {
		const silent = { ...TALK, text: null, segments: [] };
		const items = await run('search', [silent, TALK], { query: 'begin' });

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('takes a number for a text', async () => {
		const segments = [{ ...TALK.segments[0]!, text: 'Room 42, please.' }];

		expect(await run('search', { ...TALK, segments }, { query: '={{ 42 }}' })).toHaveLength(1);
	});

	it.each([
		['nothing', ''],
		['blanks', '  '],
		['an expression that gives nothing', '={{ undefined }}'],
		['punctuation', '?!'],
	])('refuses %s before it looks at the transcript', async (_what, query) => {
		const error = await errorOf(run('search', { no: 'transcript' }, { query }));

		expect(error.message).toBe('There is nothing to search for [item 0]');
	});

	it('refuses a number of words that is none', async () => {
		const { message } = await errorOf(search('begin', { contextWords: -3 }));

		expect(message).toBe('Words of Context is no whole number from 0 [item 0]');
	});

	it('gives a model the first of many matches, and says how many are left out', async () => {
		const segments = Array.from({ length: 3000 }, () => TALK.segments[0]!);
		const more = { node: asTool() };
		const items = await run('search', { ...TALK, segments }, { query: 'morning' }, more);
		const { itemsLeftOut } = items.at(-1)!.json;

		expect(items.length + Number(itemsLeftOut)).toBe(3000);
		expect(JSON.stringify(items.map(({ json }) => json)).length).toBeLessThan(60_000);
	});
});
