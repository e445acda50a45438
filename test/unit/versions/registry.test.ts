import { choicesFrom, isAtLeast, OLDEST } from '../../../dev/versions/registry';

const published = [
	'2.9.0',
	'1.123.9',
	'1.123.81',
	'2.41.3',
	'2.41.10',
	'2.42.0-rc.1',
	'3.0.0',
	'0.9.1',
];

describe('the versions that are tested', () => {
	it('are the newest 1.x, a fixed 2.x and the newest 2.x, by their numbers', () => {
		expect(choicesFrom(published).map(({ what, candidates }) => [what, candidates[0]])).toEqual([
			['newest 1.x', '1.123.81'],
			['oldest for the templates', OLDEST],
			['newest 2.x', '2.41.10'],
		]);
	});

	it('fall back to the next newest where one cannot be installed', () => {
		expect(choicesFrom(published)[2]!.candidates).toEqual(['2.41.10', '2.41.3', '2.9.0']);
	});

	it('are never a release that is not final', () => {
		const all = choicesFrom(published).flatMap(({ candidates }) => candidates);

		expect(all).not.toContain('2.42.0-rc.1');
	});

	it.each([
		['2.15.0', '2.15.0', true],
		['2.9.9', '2.15.0', false],
		['2.100.0', '2.15.0', true],
		['1.123.81', '2.0.0', false],
		['3.0.0', '2.41.1', true],
	])('%s is at least %s: %p', (version, other, expected) => {
		expect(isAtLeast(version, other)).toBe(expected);
	});
});
