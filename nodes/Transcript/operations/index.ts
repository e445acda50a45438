import type { Operation } from '../../shared/operation/operation';
import { compare } from './compare';
import { fromCaptions } from './fromCaptions';
import { merge } from './merge';
import { renameSpeakers } from './renameSpeakers';
import { search } from './search';
import { split } from './split';
import { toFile } from './toFile';

/** The operations of the Transcript node; the first one is its default. */
export const operations: Operation[] = [
	toFile,
	fromCaptions,
	renameSpeakers,
	merge,
	split,
	search,
	compare,
];
