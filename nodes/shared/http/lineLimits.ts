import { frozen } from '../core/frozen';

/**
 * How long a line may be still or down, in seconds, and what is read of a reply. Bytes that move are
 * never cut.
 */
export const LINE_LIMITS = frozen({
	/** Until a reply begins, from the last byte that a body moved; where a call says nothing else. */
	replySeconds: 300,
	/** Between two pieces of a reply's body. */
	bodySeconds: 120,
	/** Between two bytes of a body that is held back: servers wait a minute or so for the next. */
	dripSeconds: 15,
	/** How long what may be sent twice is sent again while nobody answers: ten minutes and a half as much. */
	outageSeconds: 900,
	/** The most that is held in memory of a reply: more than any transcript, and no endless body. */
	replyBytes: 256 * 1024 * 1024,
	/** The most that is read of a refusal. */
	refusalBytes: 1024 * 1024,
});
