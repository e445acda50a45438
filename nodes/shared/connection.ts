/** Why a connection could not be made; the request was never sent then. */
export interface ConnectionFlaw {
	/** What is the matter, to go behind "cannot be reached at …:". */
	words: string;
	/** Whether trying again may help. */
	passing: boolean;
}

/** Node's codes for a certificate that it does not trust. */
export const CERTIFICATE_CODES = [
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REVOKED',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

const NO_CONNECTION: Record<string, string> = {
	EAI_AGAIN: 'its host name could not be looked up',
	ECONNREFUSED: 'the connection was refused',
	EHOSTDOWN: 'the host is down',
	EHOSTUNREACH: 'there is no way to the host',
	ENETUNREACH: 'there is no way to the network',
	ENOTFOUND: 'there is no host of that name',
};

/** Why a connection could not be made; undefined where one was made, or nobody knows. */
export function connectionFlaw(code: string | null): ConnectionFlaw | undefined {
	if (code === null) return undefined;
	if (CERTIFICATE_CODES.includes(code)) {
		return { words: 'its certificate is not trusted', passing: false };
	}
	// a plain http port that is spoken to in https
	if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
		return { words: 'it does not speak https there', passing: false };
	}
	const words = Object.hasOwn(NO_CONNECTION, code) ? NO_CONNECTION[code] : undefined;
	return words === undefined ? undefined : { words, passing: true };
}

/** Whether a reply is a web page: of something in between, or of another service. */
export function isWebPage(contentType: unknown, body: unknown): boolean {
	if (String(contentType).includes('text/html')) return true;
	const text = typeof body === 'string' ? body.trimStart().slice(0, 14).toLowerCase() : '';
	return text.startsWith('<!doctype html') || text.startsWith('<html');
}
