import { createHmac, timingSafeEqual } from 'crypto';

/** A signed message whose sender gives no time. */
export interface SignedMessage {
	/** The key of the HMAC; empty where none is set up. */
	key: string;
	/** The bytes that the provider signed. */
	message: Buffer;
	/** The signature that came with it, in hex of either case. */
	signature: unknown;
}

/** A signed delivery, as received. */
export interface SignedDelivery extends SignedMessage {
	/** When it was signed: Unix seconds or milliseconds, or ISO 8601. */
	timestamp: unknown;
	/** How old, or how far ahead, it may be, in seconds. */
	toleranceSeconds: number;
}

/** Why a delivery is not believed. */
export type SignatureFlaw = 'noKey' | 'unsigned' | 'badTimestamp' | 'outsideWindow' | 'wrong';

// seconds reach this in the year 5138, milliseconds did in 1973
const LEAST_MILLISECONDS = 1e11;

/** A timestamp in Unix seconds; NaN where it is none. */
function unixSecondsOf(timestamp: unknown): number {
	if (typeof timestamp !== 'string' && typeof timestamp !== 'number') return NaN;
	const text = String(timestamp).trim();
	if (!/^\d+$/.test(text)) return /^\d{4}-/.test(text) ? Date.parse(text) / 1000 : NaN;
	const number = Number(text);
	return number < LEAST_MILLISECONDS ? number : number / 1000;
}

/**
 * Checks an HMAC-SHA256 over a delivery's raw bytes, in constant time, and its age. Fails closed:
 * whatever is missing or malformed is a flaw. Never throws.
 *
 * @returns why it is not believed; undefined where it is genuine
 */
export function signatureFlaw(delivery: SignedDelivery): SignatureFlaw | undefined {
	const { timestamp, toleranceSeconds } = delivery;
	const flaw = messageFlaw(delivery);
	if (flaw === 'noKey' || flaw === 'unsigned') return flaw;
	const age = Math.abs(Date.now() / 1000 - unixSecondsOf(timestamp));
	if (Number.isNaN(age)) return 'badTimestamp';
	// the other way around a window that is no number would let everything in
	if (!(age <= toleranceSeconds)) return 'outsideWindow';
	return flaw;
}

/**
 * As `signatureFlaw`, for a provider that signs no time: a recorded message can be played back, so
 * what it sets off must do no harm when it is done twice.
 *
 * @returns why it is not believed; undefined where it is genuine
 */
export function messageFlaw({ key, message, signature }: SignedMessage): SignatureFlaw | undefined {
	if (!key) return 'noKey';
	if (typeof signature !== 'string' || signature === '') return 'unsigned';
	return isSignature(signature, key, message) ? undefined : 'wrong';
}

function isSignature(signature: string, key: string, message: Buffer): boolean {
	const expected = createHmac('sha256', key).update(message).digest();
	const received = Buffer.from(signature, 'hex');
	// Buffer.from stops at the first character that is no hex digit: the length tells
	const whole = signature.length === expected.length * 2 && received.length === expected.length;
	return whole && timingSafeEqual(expected, received);
}
