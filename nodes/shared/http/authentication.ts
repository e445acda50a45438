import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import {
	BASE_URL_ADVICE,
	baseUrlFlaw,
	isSendable,
	KEY_ADVICE,
	labelOf,
	trimmedTexts,
	withoutSlashes,
} from '../core/credentialText';

/** A header that carries a field of a credential, and what stands before the field in it. */
export type CredentialHeader = readonly [header: string, field: string, prefix?: string];

/**
 * A request with what a credential says added, for a credential type's `authenticate`. It is a new
 * one, so that nothing of a credential stays in what the caller goes on to use.
 *
 * What is not filled in is left out: an empty header would be taken for a wrong one. n8n's own test
 * of a credential, which alone names a `baseURL`, gets the checked one.
 *
 * @param provider the name as the vendor writes it
 * @throws Error where a field or the Base URL cannot be used; its message is for the user
 */
export function authenticated(
	provider: string,
	headers: readonly CredentialHeader[],
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const texts = trimmedTexts(credential);
	const added = headers.map(([header, field, prefix = '']) => {
		const text = headerText(provider, field, texts[field]);
		return text === '' ? {} : { [header]: prefix + text };
	});
	return {
		...request,
		...(request.baseURL !== undefined && { baseURL: addressOf(provider, texts.baseUrl) }),
		headers: Object.assign({}, request.headers, ...added) as IHttpRequestOptions['headers'],
	};
}

function headerText(provider: string, field: string, value: unknown): string {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return '';
	if (isSendable(text)) return text;
	throw new Error(
		`The ${labelOf(field)} of the ${provider} credential holds a line end or another character that cannot be sent. ${KEY_ADVICE}`,
	);
}

function addressOf(provider: string, baseUrl: unknown): string {
	const flaw = baseUrlFlaw(baseUrl);
	if (!flaw) return withoutSlashes(String(baseUrl));
	throw new Error(`The Base URL of the ${provider} credential ${flaw}. ${BASE_URL_ADVICE}`);
}
