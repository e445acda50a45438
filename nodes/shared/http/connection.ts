import { frozen } from '../core/frozen';

/** Why a connection could not be made; the request was never sent then. */
export interface ConnectionFlaw {
	/** What is the matter, to go behind "cannot be reached at …:". */
	words: string;
	/** Whether trying again may help. */
	passing: boolean;
	/** What to do about it, where it is not the address that has to be looked at. */
	advice?: string;
	/** What to look at in the address, to go behind "Check that … "; by default that it can be reached. */
	check?: string;
}

/** Codes of Node and OpenSSL for a certificate that n8n does not trust, or that does not trust n8n. */
export const CERTIFICATE_CODES = frozen([
	'CA_MD_TOO_WEAK',
	'CERT_CHAIN_TOO_LONG',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REJECTED',
	'CERT_REVOKED',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'EE_KEY_TOO_SMALL',
	'ERR_SSL_CERTIFICATE_VERIFY_FAILED',
	'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE',
	'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
	'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
	'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
	'ERR_TLS_CERT_ALTNAME_FORMAT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'PATH_LENGTH_EXCEEDED',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const CERTIFICATE: ConnectionFlaw = frozen({
	words: 'its certificate is not trusted',
	passing: false,
	advice:
		'Check the clock of the machine that runs n8n, and whether a proxy signs in between: give n8n its authority in NODE_EXTRA_CA_CERTS. An expired certificate has to be renewed by its owner. Then try again.',
});

const NO_HTTPS: ConnectionFlaw = frozen({
	words: 'it does not speak https there',
	passing: false,
	check: 'is right, its port and https:// too, and that no proxy answers in its place',
});

/** Codes of a port that speaks http, or something else, where https was spoken. */
export const NO_HTTPS_CODES = frozen([
	'EPROTO',
	'ERR_SSL_HTTPS_PROXY_REQUEST',
	'ERR_SSL_HTTP_REQUEST',
	'ERR_SSL_PACKET_LENGTH_TOO_LONG',
	'ERR_SSL_UNKNOWN_PROTOCOL',
	'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/** Codes of two that speak https and agree on no way to encrypt. */
export const NO_ENCRYPTION_CODES = frozen([
	'ERR_SSL_DH_KEY_TOO_SMALL',
	'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
	'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
	'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
	'ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY',
	'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
	'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
	'ERR_SSL_UNSUPPORTED_PROTOCOL',
]);

const NO_NAME = 'its host name could not be looked up';
const NO_ANSWER = 'nobody answered there';
const NOT_ALLOWED = 'the machine that runs n8n does not let it connect';
const NO_FILES = 'the machine that runs n8n has no more open files to give';

/** Codes of Node, undici and c-ares for a connection that was not made, and may be made later. */
export const NO_CONNECTION: Readonly<Record<string, string>> = frozen({
	EACCES: NOT_ALLOWED,
	EADDRNOTAVAIL: 'the machine that runs n8n has no address or port to connect from',
	EAI_AGAIN: NO_NAME,
	EAI_FAIL: NO_NAME,
	EAI_NODATA: 'there is no host of that name',
	EAI_NONAME: 'there is no host of that name',
	ECONNREFUSED: 'the connection was refused',
	EDESTUNREACH: 'there is no way to the host',
	EHOSTDOWN: 'the host is down',
	EHOSTUNREACH: 'there is no way to the host',
	EMFILE: NO_FILES,
	ENETDOWN: 'there is no way to the network',
	ENETUNREACH: 'there is no way to the network',
	ENFILE: NO_FILES,
	ENONET: 'there is no way to the network',
	ENOTFOUND: 'there is no host of that name',
	EPERM: NOT_ALLOWED,
	EREFUSED: NO_NAME,
	ERR_TLS_HANDSHAKE_TIMEOUT: NO_ANSWER,
	ESERVFAIL: NO_NAME,
	ETIMEOUT: NO_NAME,
	UND_ERR_CONNECT_TIMEOUT: NO_ANSWER,
});

/**
 * Why a connection could not be made; undefined where one was made, or nobody knows: then the line
 * broke, and the request may have arrived.
 */
export function connectionFlaw(code: string | null): ConnectionFlaw | undefined {
	if (code === null) return undefined;
	if (CERTIFICATE_CODES.includes(code)) return CERTIFICATE;
	if (NO_HTTPS_CODES.includes(code)) {
		return NO_HTTPS;
	}
	if (NO_ENCRYPTION_CODES.includes(code)) {
		return { words: 'it and n8n share no encryption method', passing: false };
	}
	const words = Object.hasOwn(NO_CONNECTION, code) ? NO_CONNECTION[code] : undefined;
	return words === undefined ? undefined : { words, passing: true };
}

/** The network's code of an error, or of what caused it; null where it gives none. */
export function networkCodeOf(error: unknown): string | null {
	const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
	if (typeof code === 'string') return code;
	return cause === undefined || cause === error ? null : networkCodeOf(cause);
}
