import { numberOf, objectOf, objectsOf, textOf, textsOf } from '../../../nodes/shared/wireValues';

const ODD = [undefined, null, NaN, Infinity, true, [], {}, '', 0];

describe('values of a reply', () => {
	it('reads text, and nothing else', () => {
		expect(textOf('a')).toBe('a');
		for (const odd of ODD) expect(textOf(odd)).toBeNull();
	});

	it('reads finite numbers, and nothing else', () => {
		expect([numberOf(0), numberOf(-1.5)]).toEqual([0, -1.5]);
		for (const odd of ['1', NaN, Infinity, null, undefined, true, []]) {
			expect(numberOf(odd)).toBeNull();
		}
	});

	it('reads objects, and takes everything else for an empty one', () => {
		expect(objectOf({ a: 1 })).toEqual({ a: 1 });
		for (const odd of [undefined, null, 'text', 1, [1], true]) expect(objectOf(odd)).toEqual({});
	});

	it('reads lists of objects, and takes everything else for an empty one', () => {
		expect(objectsOf([{ a: 1 }, null, 'x'])).toEqual([{ a: 1 }, {}, {}]);
		for (const odd of [undefined, null, 'text', 1, { length: 2 }])
			expect(objectsOf(odd)).toEqual([]);
	});

	it('reads lists of text, and leaves out what is none', () => {
		expect(textsOf(['a', 1, null, 'b'])).toEqual(['a', 'b']);
		for (const odd of [undefined, null, 'text', {}]) expect(textsOf(odd)).toEqual([]);
	});
});
