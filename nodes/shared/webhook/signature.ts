import { createHmac, timingSafeEqual } from 'crypto';

import { textOf, unixSecondsOf } from '../core/wireValues';

/** A signed message whose sender gives no time. */
export interface SignedMessage {
	/** The keys that the HMAC may be made with: the present one, and the one before it. */
	keys: readonly string[];
	/** The bytes that the provider signed. */
	message: Buffer;
	/** The signatures that came with it, in hex of either case, with commas or blanks between them. */
	signature: unknown;
}

/** A signed delivery, as received. */
export interface SignedDelivery extends SignedMessage {
	/** When it was signed: Unix seconds or milliseconds, or ISO 8601. */
	timestamp: unknown;
	/** How old, or how far ahead, it may be, in seconds. */
	toleranceSeconds: number;
}

/** Reads the keys that the HMAC may be made with, from the credential. */
export type ReadKeys = () => Promise<readonly string[]>;

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
 * closed: whatever is missing or malformed is a flaw. Never throws.
 *
 * @returns why it is not believed; undefined where it is genuine
 */
export function signatureFlaw(delivery: SignedDelivery): SignatureFlaw | undefined {
	const flaw = messageFlaw(delivery);
	if (flaw === 'noKey' || flaw === 'unsigned') return flaw;
	return timeFlaw(delivery) ?? flaw;
}

/**
 * What can be told without a key. It is asked before the credential is read, for which n8n 2.41 makes a
 * sandbox for expressions each time: most forged deliveries need not cost that.
 *
 * @param time of a delivery whose sender gives one
 * @returns why it is not believed; undefined where only the key can tell
 */
export function flawWithoutKey(
	signature: unknown,
	time?: Pick<SignedDelivery, 'timestamp' | 'toleranceSeconds'>,
): SignatureFlaw | undefined {
	if (signaturesIn(signature).length === 0) return 'unsigned';
	return time && timeFlaw(time);
}

function timeFlaw({
	timestamp,
	toleranceSeconds,
}: Pick<SignedDelivery, 'timestamp' | 'toleranceSeconds'>): SignatureFlaw | undefined {
	const age = Math.abs(Date.now() / 1000 - signedAt(timestamp));
	if (Number.isNaN(age)) return 'badTimestamp';
	// the other way around a window that is no number would let everything in
	return age <= toleranceSeconds ? undefined : 'outsideWindow';
}

/**
 * As `signatureFlaw`, for a provider that signs no time: a recorded message can be played back, so
 * what it sets off must do no harm when it is done twice.
 *
 * @returns why it is not believed; undefined where it is genuine
 */
export function messageFlaw({
	keys,
	message,
	signature,
}: SignedMessage): SignatureFlaw | undefined {
	const known = keys.filter((key) => key !== '');
	if (known.length === 0) return 'noKey';
	const signatures = signaturesIn(signature);
	if (signatures.length === 0) return 'unsigned';
	const expected = known.map((key) => createHmac('sha256', key).update(message).digest());
	// all are compared, so that the time does not tell which of them came close
	const fits = signatures.flatMap((one) => expected.map((digest) => isDigest(one, digest)));
	return fits.includes(true) ? undefined : 'wrong';
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
