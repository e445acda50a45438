import { lookUntil } from '../../dev/lookUntil';
import { until } from '../rig/basics/until';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** When somebody looks who finds nothing, in milliseconds from the start. */
async function looksWithin(seconds: number): Promise<number[]> {
	const started = Date.now();
	const times: number[] = [];
	const nothing = lookUntil(seconds, () => {
		times.push(Date.now() - started);
		return undefined;
	});
	await jest.advanceTimersByTimeAsync(seconds * 1000 + 1000);
	await expect(nothing).resolves.toBeUndefined();
	return times;
}

it('looks at once, soon again, and then less and less often, but twice a second', async () => {
	const times = await looksWithin(10);
	const pauses = times.slice(1).map((time, index) => time - times[index]!);

	expect(times[0]).toBe(0);
	expect(pauses[0]).toBe(50);
	expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
	expect(pauses.at(-1)).toBe(500);
	expect(times.length).toBeLessThan(30);
});

it('looks a last time after its time is over', async () => {
	const times = await looksWithin(2);

	expect(times.filter((time) => time > 2000)).toHaveLength(1);
});

it('gives what it finds, false and 0 too, and looks no more', async () => {
	for (const found of [false, 0, '', null, {}]) {
		const look = jest.fn<unknown, []>().mockReturnValueOnce(undefined).mockReturnValue(found);
		const seen = lookUntil(10, look);
		await jest.advanceTimersByTimeAsync(10_000);

		await expect(seen).resolves.toBe(found);
		expect(look).toHaveBeenCalledTimes(2);
	}
});

it('throws what a look throws', async () => {
	const look = async () => await Promise.reject(new Error('n8n is gone'));

	await expect(lookUntil(10, look)).rejects.toThrow('n8n is gone');
});

it('says what does not hold in time, and what there is instead', async () => {
	const held = until(
		'The file is there',
		() => false,
		3,
		async () => 'An empty folder.',
	);
	const refused = expect(held).rejects.toThrow('The file is there: not so. An empty folder.');
	await jest.advanceTimersByTimeAsync(5000);

	await refused;
});
