import { lookUntil } from '../../../dev/lookUntil';

const settleSeconds = 150;

/**
 * Waits until something holds.
 *
 * @param what named in the error when it does not in time
 * @param longestSeconds two and a half minutes unless told
 * @param seen what there is instead, for the error
 * @throws Error where it does not hold in time
 */
export async function until(
	what: string,
	holds: () => Promise<boolean> | boolean,
	longestSeconds = settleSeconds,
	seen: () => Promise<string> = async () => '',
): Promise<void> {
	const held = await lookUntil(longestSeconds, async () => (await holds()) || undefined);
	if (!held) throw new Error(`${what}: not so. ${await seen()}`);
}
