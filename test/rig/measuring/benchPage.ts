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

const HEAD = `# What the benches printed

\`npm run bench\` writes this page, a bench at a time; what was not run again stays from an earlier run. [Benchmarks](benchmarks.md) says what is measured and what it means. Times of different days cannot be compared, as the machine is shared: compare what stands in one block.

`;

/**
 * The page of what benches printed, with one bench in place of what it printed before.
 *
 * @param earlier the page as it was; empty where there was none
 * @param order the names of all benches, in the order of the page; what has another name is left out
 */
export function benchPage(earlier: string, measured: Measured, order: string[]): string {
	const blocks = new Map(blocksIn(earlier));
	blocks.set(measured.name, blockOf(measured));
	return HEAD + order.flatMap((name) => blocks.get(name) ?? []).join('\n');
}

/** The blocks of a page by the name of their bench. */
function blocksIn(page: string): Array<[string, string]> {
	const [, ...blocks] = page.split(/^(?=## )/m);
	return blocks.map((block) => [/^## (.*)$/m.exec(block)![1]!, `${block.trimEnd()}\n`]);
}

function blockOf({ name, title, day, machine, lines }: Measured): string {
	return [
		`## ${name}`,
		'',
		`${title}. ${day}, ${machine}.`,
		'',
		'```text',
		...lines,
		'```',
		'',
	].join('\n');
}
