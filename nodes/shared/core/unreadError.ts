import type { JobOperations } from './provider';
import { safeText } from './safeText';
import { objectOf, textOf } from './wireValues';

/** Why an item holds less than was asked for; a workflow can branch on it. */
export interface UnreadError {
	/** The provider's code, or the network's, or the HTTP status; null where there is none. */
	code: string | null;
	/** What happened, and how to get what is missing. */
	message: string;
}

/**
 * What stands in an item's `error` where a trigger could not read all that was asked for.
 *
 * @param failure what was thrown, whose message is safe to show
 * @param id the job's
 * @param readWith the operations that read it, as the panel names them
 */
export function unreadError(
	failure: unknown,
	id: string,
	{ readWith }: JobOperations,
): UnreadError {
	const advice = `Not all of the job could be read; use ${readWith} with the ID ${safeText(id)}`;
	return errorSaying(advice, failure);
}

/**
 * What stands in an item's `error` where files of its job could not be fetched.
 *
 * @param failure what was thrown, whose message is safe to show
 * @param id the job's
 * @param exportWith the operation that downloads one, as the panel names it
 * @param formats those that are missing
 */
export function unfetchedError(
	failure: unknown,
	id: string,
	exportWith: string,
	formats: string[],
): UnreadError {
	const missing = safeText(formats.join(', '));
	const advice = `Files are missing (${missing}); use ${exportWith} with the ID ${safeText(id)}`;
	return errorSaying(advice, failure);
}

function errorSaying(advice: string, failure: unknown): UnreadError {
	const { message } = failure as Error;
	const { code, httpStatus } = objectOf(objectOf(failure).context);
	return { code: textOf(code) ?? textOf(httpStatus), message: safeText(`${advice}: ${message}`) };
}
