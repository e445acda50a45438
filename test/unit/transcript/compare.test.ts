import { errorOf } from '../harness';
import { asTool, run, TALK } from './support';

const other = { ...TALK, provider: 'whipscribe', fileName: 'other.mp3' };
const heard = {
	...other,
	segments: TALK.segments.map((segment) => ({
		...segment,
		text: segment.text.replace('Shall', 'Can'),
	})),
};
const deaf = { ...TALK, provider: 'transcripton', text: null, segments: [], fileName: null };

describe('Compare', () => {
	it('gives an item for each transcript but the reference, which is the first', async () => {
		expect(await run('compare', [TALK, heard, deaf])).toEqual([
			{
				json: {
					provider: 'whipscribe',
					wordErrorRate: 0.1667,
					agreement: 0.8333,
					differences: [{ start: 3.5, end: 5.25, expected: 'Shall', found: 'Can' }],
				},
				pairedItem: { item: 1 },
			},
			{
				json: {
					provider: 'transcripton',
					wordErrorRate: 1,
					agreement: 0,
					differences: [
						{ start: 0, end: 5.25, expected: 'Good morning. Morning! Shall we begin', found: '' },
					],
				},
				pairedItem: { item: 2 },
			},
		]);
	});

	it.each([
		['a provider', 'Whipscribe'],
		['a file', 'other.mp3'],
		['the number of an item', '1'],
		['an expression', '={{ 1 }}'],
	])('compares with the one that is named by %s', async (_how, reference) => {
		const items = await run('compare', [TALK, heard], { reference });

		expect(items.map(({ json, pairedItem }) => [json.provider, pairedItem])).toEqual([
			['probe', { item: 0 }],
		]);
		expect(items[0]!.json.differences).toEqual([
			{ start: 3.5, end: 5.25, expected: 'Can', found: 'Shall' },
		]);
	});

	it.each([
		['one transcript alone', [TALK], '', 'There is only one transcript to compare'],
		[
			'a provider that is not there',
			[TALK, heard],
			'scriptivox',
			'There is no transcript of "scriptivox" among the items',
		],
		[
			'an item that is not there',
			[TALK, heard],
			'2',
			'There is no transcript of "2" among the items',
		],
		[
			'a provider that two have',
			[TALK, heard, other],
			'whipscribe',
			'Several transcripts are of "whipscribe"',
		],
		[
			'what is no transcript',
			[TALK, { a: 1 }],
			'',
			'There is no Transcript: it lacks "provider", "text", "segments" [item 1]',
		],
	])('refuses %s', async (_what, items, reference, message) => {
		const error = await errorOf(run('compare', items, { reference }));

		expect(error.message).toBe(message);
		expect(error.description).toMatch(/\.$/);
	});

	it('gives a model the first differences of many', async () => {
		const [one, two] = ['a', 'b'].map((letter) => ({
			...TALK,
			segments: Array.from({ length: 2000 }, (_, index) => ({
				...TALK.segments[0]!,
				text: `same ${letter}${index}`,
			})),
		}));
		const [item] = await run('compare', [one, two], {}, { node: asTool() });
		const differences = item!.json.differences as unknown[];

		expect(differences.length).toBeGreaterThan(20);
		expect(JSON.stringify(item!.json).length).toBeLessThan(13_000);
		expect(item!.json).toMatchObject({ wordErrorRate: 0.5, cut: ['differences'] });
	});
});
