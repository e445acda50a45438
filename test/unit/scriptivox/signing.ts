import { execFileSync } from 'node:child_process';

import { START } from '../harness';
import { KEY } from './support';

/** When the clock of the tests stands still, in Unix seconds. */
export const NOW = START.getTime() / 1000;

/** A body as it goes over the wire. */
export const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body));

/** What OpenSSL makes of its input, in hex. */
export function openssl(input: Buffer | string, ...settings: string[]): string {
	const output = execFileSync('openssl', ['dgst', '-sha256', '-hex', ...settings], {
		input,
		encoding: 'utf8',
	});
	return /[0-9a-f]{64}/.exec(output)![0];
}

/** The headers that Scriptivox sends with a body, made by OpenSSL as its API reference says. */
export function signed(body: Buffer, timestamp = String(NOW), key = KEY): Record<string, string> {
	const message = Buffer.concat([Buffer.from(`${timestamp}.`), body]);
	return {
		'X-Scriptivox-Timestamp': timestamp,
		'X-Scriptivox-Signature': openssl(message, '-hmac', openssl(key)),
	};
}
