import type { ProviderError } from '../core/provider';
import { oneLine } from '../core/safeText';
import { objectOf, objectsOf, textOf, textsOf } from '../core/wireValues';

/**
 * Reads the `detail` of an error reply, as FastAPI services write it: an object with code and
 * message, a sentence, or a list of what is wrong with the request's fields.
 *
 * @param body the reply as JSON
 * @returns undefined where the body has no such `detail`
 */
export function readDetail(body: unknown): ProviderError | undefined {
	const { detail } = objectOf(body);
	if (typeof detail === 'string') return { code: null, message: detail };
	if (Array.isArray(detail)) {
		return { code: null, message: objectsOf(detail).map(fieldFlaw).filter(Boolean).join('; ') };
	}
	const { code, message } = objectOf(detail);
	if (code === undefined && message === undefined) return undefined;
	return { code: textOf(code), message: textOf(message) ?? '' };
}

/**
 * Why a job failed, as it stands in the job: a sentence, or an object with code and message.
 *
 * @returns null where it says nothing
 */
export function jobErrorOf(error: unknown): Pick<ProviderError, 'code' | 'message'> | null {
	const sentence = textOf(error);
	if (sentence !== null) return { code: null, message: sentence };
	const { code, message, error: reason } = objectOf(error);
	const said = { code: textOf(code), message: textOf(message) ?? textOf(reason) ?? '' };
	return said.code === null && said.message === '' ? null : said;
}

/** One entry of the list, such as `body.url: field required`. */
function fieldFlaw({ loc, msg }: Record<string, unknown>): string {
	const place = textsOf(loc).map(oneLine).filter(Boolean).join('.');
	return [place, oneLine(textOf(msg) ?? '')].filter(Boolean).join(': ');
}
