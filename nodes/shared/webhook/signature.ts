import { createHmac, timingSafeEqual } from 'crypto';

import { textOf, unixSecondsOf } from '../core/wireValues';

/** Reads the keys that an HMAC may be made with: the present one, and the one before it. */
export type ReadKeys = () => Promise<readonly string[]>;

/** When a delivery was signed. */
export interface SigningTime {
	/** Unix seconds or milliseconds, or ISO 8601. */
	timestamp: unknown;
	/** How old, or how far ahead, it may be, in seconds. */
	toleranceSeconds: number;
}

/** A signed delivery, as received. */
export interface SignedDelivery {
	/** Reads the keys from the credential. */
	readKeys: ReadKeys;
	/** The bytes that the provider signed. */
	message: Buffer;
	/** The signatures that came with it, in hex of either case, with commas or blanks between them. */
	signature: unknown;
	/** Nothing for a provider that signs no time. */
	time?: SigningTime;
}

/** Why a delivery is not believed. */
export type SignatureFlaw = 'noKey' | 'unsigned' | 'badTimestamp' | 'outsideWindow' | 'wrong';

// what more a sender gives is not tried: each costs an HMAC's comparison for each key
const MOST_SIGNATURES = 10;

// what other numbers or dates may say, nobody signs
const TIMESTAMP = /^\s*(\d+|\d{4}-\S+)\s*$/;

/** A timestamp in Unix seconds; NaN where it is none. */
function signedAt(timestamp: unknown): number {
	return TIMESTAMP.test(textOf(timestamp) ?? '') ? (unixSecondsOf(timestamp) ?? NaN) : NaN;
}

/**
 * Checks an HMAC-SHA256 over a delivery's raw bytes, in constant time, and its age. One of several
 * signatures is enough, made with one of the keys: while a key is changed, both are in use. Fails
 * closed: whatever is missing or malformed is a flaw. Throws only where the keys cannot be read.
 *
 * What can be told without a key is told first: n8n 2.41 makes a sandbox for expressions each time that a
 * credential is read, and most forged deliveries need not cost that.
 *
 * A delivery without a time can be played back, so what it sets off must do no harm when it is done twice.
 *
 * @returns why it is not believed; undefined where it is genuine
 */
export async function signatureFlaw({
	readKeys,
	message,
	signature,
	time,
}: SignedDelivery): Promise<SignatureFlaw | undefined> {
	const signatures = signaturesIn(signature);
	if (signatures.length === 0) return 'unsigned';
	const flaw = time && timeFlaw(time);
	if (flaw) return flaw;
	const keys = (await readKeys()).filter((key) => key !== '');
	if (keys.length === 0) return 'noKey';
	const expected = keys.map((key) => createHmac('sha256', key).update(message).digest());
	// all are compared, so that the time does not tell which of them came close
	const fits = signatures.flatMap((one) => expected.map((digest) => isDigest(one, digest)));
	return fits.includes(true) ? undefined : 'wrong';
}

function timeFlaw({ timestamp, toleranceSeconds }: SigningTime): SignatureFlaw | undefined {
	const age = Math.abs(Date.now() / 1000 - signedAt(timestamp));
	if (Number.isNaN(age)) return 'badTimestamp';
	// the other way around a window that is no number would let everything in
	return age <= toleranceSeconds ? undefined : 'outsideWindow';
}

/** The signatures in a header; Node.js joins repeated headers by a comma and a blank. */
function signaturesIn(header: unknown): string[] {
	if (typeof header !== 'string') return [];
	const signatures = header.split(/[\s,]+/).filter((signature) => signature !== '');
	return signatures.slice(0, MOST_SIGNATURES);
}

function isDigest(signature: string, expected: Buffer): boolean {
	const received = Buffer.from(signature, 'hex');
	// Buffer.from stops at the first character that is no hex digit: the length tells
	const whole = signature.length === expected.length * 2 && received.length === expected.length;
	return whole && timingSafeEqual(expected, received);
}
