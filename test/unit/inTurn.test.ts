import { inTurn } from '../../dev/inTurn';
import type { Print } from '../../dev/command';

/** Work that prints when it is told to, and ends when it is told to. */
function startWork() {
	let print: Print = () => {};
	let end: (result: string) => void = () => {};
	let fail: (error: Error) => void = () => {};
	const itsTurn = inTurn(async (given) => {
		print = given;
		return await new Promise<string>((resolve, reject) => {
			end = resolve;
			fail = reject;
		});
	});
	return {
		itsTurn,
		print: (text: string) => print(text),
		end: () => end('done'),
		fail: () => fail(new Error('broken')),
	};
}

describe('work beside other work', () => {
	const printed: string[] = [];

	beforeEach(() => {
		printed.length = 0;
		jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
			printed.push(String(text));
			return true;
		});
	});

	afterEach(() => jest.restoreAllMocks());

	it('begins at once, and prints nothing before its turn', () => {
		const { print } = startWork();
		print('a line\n');
		expect(printed).toEqual([]);
	});

	it('prints in its turn what it has printed so far, and then the rest as it comes', async () => {
		const { itsTurn, print, end } = startWork();
		print('first\n');
		print('second\n');
		const ended = itsTurn();
		expect(printed.join('')).toBe('first\nsecond\n');

		print('third\n');
		expect(printed.join('')).toBe('first\nsecond\nthird\n');

		end();
		expect(await ended).toBe('done');
	});

	it('fails in its turn, though it failed before', async () => {
		const { itsTurn, print, fail } = startWork();
		print('the reason\n');
		fail();
		await new Promise(setImmediate);
		await expect(itsTurn()).rejects.toThrow('broken');
		expect(printed.join('')).toBe('the reason\n');
	});
});
