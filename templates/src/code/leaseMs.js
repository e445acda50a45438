// @ts-check

const LEAST_LEASE_MS = 150_000;
const BESIDE_UPLOAD_MS = 60_000;

/**
 * For how long a run may work on files before the next look takes them: as long as their size needs on
 * a slow line, and a few minutes at least.
 *
 * @param {number} bytes of all of them
 * @param {number} parallel how many are uploaded at a time
 * @param {Record<string, any>} settings what one upload gets at least
 */
export function leaseMs(bytes, parallel, { slowestMbitPerSecond }) {
	const uploadMs = (bytes * 8) / (1000 * slowestMbitPerSecond * parallel);
	return Math.max(LEAST_LEASE_MS, BESIDE_UPLOAD_MS + Math.ceil(uploadMs));
}
