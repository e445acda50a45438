import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { errorOf } from '../harness';
import { run, TALK } from './support';

const jsonsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);
const startsOf = (json: IDataObject) =>
	(json.segments as Array<{ start: number }>).map(({ start }) => start);

describe('Merge of parts', () => {
	it('joins all items to one transcript, which comes from all of them', async () => {
		const [item, ...more] = await run('merge', [TALK, TALK]);

		expect(more).toEqual([]);
		expect(item!.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(startsOf(item!.json)).toEqual([0, 2, 3.5, 6.5, 8.5, 10]);
		expect(item!.json).toMatchObject({
			provider: 'probe',
			status: 'completed',
			durationSeconds: 13,
			speakers: ['Ann (part 1)', 'Bob (part 1)', 'Ann (part 2)', 'Bob (part 2)'],
		});
	});

	it('keeps speakers where they are the same', async () => {
		const [item] = await run('merge', [TALK, TALK], { sameSpeakers: true });

		expect(item!.json.speakers).toEqual(['Ann', 'Bob']);
	});

	it('takes times that are given for each item, and their order', async () => {
		const parts = [
			{ ...TALK, at: 60, durationSeconds: null },
			{ ...TALK, at: '0.5', durationSeconds: null },
		];
		const [item] = await run('merge', parts, {
			offsets: 'given',
			offsetSeconds: '={{ $json.at }}',
		});

		expect(startsOf(item!.json)).toEqual([0.5, 2.5, 4, 60, 62, 63.5]);
	});

	it('tells which part has no length, and what to do', async () => {
		const unknown = { ...TALK, durationSeconds: null };
		const error = await errorOf(run('merge', [TALK, unknown, TALK]));

		expect(error.message).toBe('It is not known how long this part is [item 1]');
		expect(error.description).toContain('Set Parts Begin to At Given Times');
		expect(await run('merge', [TALK, unknown])).toHaveLength(1);
	});

	it('refuses a time that is none', async () => {
		const given = { offsets: 'given', offsetSeconds: '={{ $json.at }}' };
		const { message } = await errorOf(run('merge', [{ ...TALK, at: 'later' }], given));

		expect(message).toBe('Begins at Second is no number from 0 [item 0]');
	});

	it('refuses what is no transcript', async () => {
		const { message } = await errorOf(run('merge', [TALK, { text: 'Hi' }]));

		expect(message).toBe('There is no Transcript: it lacks "provider", "segments" [item 1]');
	});
});

describe('Merge of pieces', () => {
	const pieces = async (count = 1) =>
		jsonsOf(
			await run(
				'split',
				Array.from({ length: count }, () => TALK),
				{ maxCharacters: 22 },
			),
		);

	it('puts changed texts back onto their times', async () => {
		const translated = (await pieces()).map((piece) => ({
			...piece,
			text: String(piece.text)
				.replace('Good morning.', 'Guten Morgen.')
				.replace('begin', 'anfangen'),
			language: 'de',
		}));
		const [item] = await run('merge', translated);

		expect(item!.json).toEqual({
			...TALK,
			language: 'de',
			text: 'Guten Morgen.\nMorning!\nShall we anfangen?',
			segments: [
				{ ...TALK.segments[0], text: 'Guten Morgen.' },
				TALK.segments[1],
				{ ...TALK.segments[2], text: 'Shall we anfangen?' },
			],
		});
		expect(item!.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('takes them from a field that is put together, as behind a chat model', async () => {
		const answers = (await pieces()).map((piece) => ({ piece, text: 'Hallo.\nMorgen!' }));
		const transcript = '={{ { ...$json.piece, text: $json.text } }}';
		const [item] = await run('merge', answers, { transcript });

		expect(startsOf(item!.json)).toEqual([0, 2, 3.5, expect.any(Number)]);
	});

	it('tells the pieces of several transcripts apart, in any order', async () => {
		const items = await run('merge', (await pieces(2)).reverse());

		expect(items.map(({ json }) => json.text)).toEqual([
			'Good morning.\nMorning!\nShall we begin?',
			'Good morning.\nMorning!\nShall we begin?',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 1 }, { item: 0 }],
			[{ item: 3 }, { item: 2 }],
		]);
	});

	it.each<[string, (pieces: IDataObject[]) => IDataObject[], string]>([
		['a missing piece', ([, second]) => [second!], 'Piece 1 of 2 is missing'],
		['a missing end', ([first]) => [first!], 'Piece 2 of 2 is missing'],
		['a piece twice', ([first]) => [first!, first!], 'Piece 1 came more than once [item 0]'],
		[
			'a piece without its text',
			([first, second]) => [first!, { ...second, text: '' }],
			'Piece 2 has lost its text [item 1]',
		],
		[
			'an error that the node in between gave for a piece',
			([first, second]) => [first!, { ...second, text: null, error: 'The model\nis away' }],
			'Piece 2 has an error in place of its text: The model is away [item 1]',
		],
		[
			'an error without words',
			([first, second]) => [first!, { ...second, text: '', error: ' ' }],
			'Piece 2 has lost its text [item 1]',
		],
		[
			'a whole transcript among them',
			([first]) => [first!, TALK as unknown as IDataObject],
			'This item is no piece of a transcript, as others are [item 1]',
		],
	])('refuses %s', async (_what, change, message) => {
		const error = await errorOf(run('merge', change(await pieces())));

		expect(error.message).toBe(message);
		expect(error.description).toMatch(/\.$/);
	});
});
