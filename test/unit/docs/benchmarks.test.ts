import { textOf } from './textOf';

const NUMBER = /(?<![\w.])[−-]?\d[\d,]*(?:\.\d+)?/g;

/** The numbers of a text, as a program writes them. */
function numbersIn(text: string): string[] {
	const found = text.match(NUMBER) ?? [];
	return found.map((number) => number.replaceAll(',', '').replace('−', '-'));
}

const printed = numbersIn(textOf('docs/bench-output.md')).map(Number);

/** Whether a bench printed a number, or one that is rounded to it. */
function isPrinted(number: string): boolean {
	const decimals = number.split('.')[1]?.length ?? 0;
	const half = 0.5 * 10 ** -decimals;
	return printed.some((exact) => Math.abs(exact - Number(number)) <= half + 1e-9);
}

const rows = textOf('docs/benchmarks.md')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));

it('the page on benchmarks has tables', () => {
	expect(rows.length).toBeGreaterThan(50);
});

it.each(rows)('the benches printed what the page on benchmarks has: %s', (row) => {
	expect(numbersIn(row).filter((number) => !isPrinted(number))).toEqual([]);
});
