import { writtenTexts } from './messages';
import { textOf } from './textOf';

const page = textOf('docs/troubleshooting.md');
const headings = [...page.matchAll(/^### `(.+)`$/gm)].map(([, message]) => String(message));
const rows = page.split('\n').filter((line) => line.startsWith('| `'));
const firstCells = rows.map((row) => row.split(' | ')[0]!);
const quotedInRows = firstCells.flatMap((cell) =>
	[...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => String(text)),
);
const { all, messages, hintCodes } = writtenTexts();

/** Whether it says anything by itself, as a mere frame around other texts does not. */
function hasWords(message: string): boolean {
	return /[a-z]{2}/i.test(message);
}

describe('the page on troubleshooting', () => {
	it('has a section for each message once', () => {
		expect(headings.length).toBeGreaterThan(50);
		expect(headings.filter((message, index) => headings.indexOf(message) !== index)).toEqual([]);
	});

	it('quotes only messages that stand in the sources of the nodes', () => {
		expect(headings.filter((message) => !all.has(message))).toEqual([]);
	});

	it('quotes only reasons and codes that stand in the sources of the nodes', () => {
		expect(quotedInRows.length).toBeGreaterThan(50);
		expect(quotedInRows.filter((text) => !all.has(text))).toEqual([]);
	});

	it('has every message that a node puts into its panel', () => {
		const missing = [...messages].filter((text) => hasWords(text) && !headings.includes(text));

		expect(missing).toEqual([]);
	});

	it('has every code of a provider that the nodes know what to do about', () => {
		expect(hintCodes.size).toBeGreaterThan(50);
		expect([...hintCodes].filter((code) => !quotedInRows.includes(code))).toEqual([]);
	});

	it('says of each what to do', () => {
		const sections = page.split(/^#{2,3} /m).filter((section) => section.startsWith('`'));
		const silent = sections.filter((section) => section.split('\n').slice(1).join('').length < 20);

		expect(sections).toHaveLength(headings.length);
		expect(silent).toEqual([]);
	});
});
