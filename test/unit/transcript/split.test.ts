import type { INodeParameters } from 'n8n-workflow';

import { errorOf } from '../harness';
import { asTool, run, TALK } from './support';

describe('Split', () => {
	it('gives an item a piece, with its number, time, speakers and text', async () => {
		const items = await run('split', TALK, { maxCharacters: 22 });

		expect(
			items.map(({ json: { number, start, end, speakers, text } }) => ({
				number,
				start,
				end,
				speakers,
				text,
			})),
		).toEqual([
			{ number: 1, start: 0, end: 2.9, speakers: ['Ann', 'Bob'], text: 'Good morning.\nMorning!' },
			{ number: 2, start: 3.5, end: 5.25, speakers: ['Ann'], text: 'Shall we begin?' },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('takes minutes, with or without a limit of characters', async () => {
		const textsOf = async (parameters: INodeParameters) =>
			(await run('split', TALK, parameters)).map(({ json }) => json.text);

		expect(await textsOf({ maxMinutes: 0.05 })).toHaveLength(2);
		expect(await textsOf({ maxMinutes: 0.05, maxCharacters: 0 })).toHaveLength(2);
		expect(await textsOf({ maxMinutes: '0.05', maxCharacters: '15' })).toHaveLength(3);
		expect(await textsOf({})).toHaveLength(1);
	});

	it('gives no items of a transcript in which nothing is said', async () => {
		expect(await run('split', { ...TALK, text: '', segments: [] })).toEqual([]);
	});

	it.each<[INodeParameters, string]>([
		[{ maxCharacters: 0 }, 'Max Characters and Max Minutes are both 0'],
		[{ maxCharacters: -1 }, 'Max Characters is no whole number from 0'],
		[{ maxCharacters: 1.5 }, 'Max Characters is no whole number from 0'],
		[{ maxCharacters: '={{ "many" }}' }, 'Max Characters is no whole number from 0'],
		[{ maxMinutes: '={{ null }}' }, 'Max Minutes is no number from 0'],
	])('refuses %j', async (parameters, message) => {
		expect((await errorOf(run('split', TALK, parameters))).message).toBe(`${message} [item 0]`);
	});

	it('gives a model no more than it can read, and says what is left', async () => {
		const segments = Array.from({ length: 2000 }, (_, index) => ({
			...TALK.segments[0]!,
			start: index,
			end: index + 1,
			text: `This is sentence number ${index}.`,
		}));
		const items = await run('split', { ...TALK, segments }, {}, { node: asTool() });

		expect(items.length).toBeGreaterThan(1);
		expect(JSON.stringify(items.map(({ json }) => json)).length).toBeLessThan(60_000);
		expect(items.at(-1)!.json).toMatchObject({ itemsLeftOut: expect.any(Number) });
	});
});
