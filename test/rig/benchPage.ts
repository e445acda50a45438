/** What a bench printed. */
export interface Measured {
	/** What `npm run bench` was given. */
	name: string;
	title: string;
	/** The day of the run, as 2026-01-31. */
	day: string;
	/** The processor, the cores and the Node.js of the run. */
	machine: string;
	lines: string[];
}

/**
 * The page of what benches printed.
 *
 * @param order the names of all benches, in the order of the page
 */
export function benchPage(measured: Measured[], order: string[]): string {
	const placeOf = ({ name }: Measured) => order.indexOf(name);
	const sorted = measured
		.filter((each) => placeOf(each) >= 0)
		.sort((one, other) => placeOf(one) - placeOf(other));
	return [
		'# What the benches printed',
		'',
		'`npm run bench` writes this page, a bench at a time; what was not run again stays from an earlier run in the same folder. [Benchmarks](benchmarks.md) says what is measured and what it means. Times of different days cannot be compared, as the machine is shared: compare what stands in one block.',
		'',
		...sorted.flatMap(({ name, title, day, machine, lines }) => [
			`## ${name}`,
			'',
			`${title}. ${day}, ${machine}.`,
			'',
			'```text',
			...lines,
			'```',
			'',
		]),
	].join('\n');
}
