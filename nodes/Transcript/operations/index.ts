import type { Operation } from '../../shared/operation/operation';
import { fromCaptions } from './fromCaptions';
import { toFile } from './toFile';

/** The operations of the Transcript node; the first one is its default. */
export const operations: Operation[] = [toFile, fromCaptions];
