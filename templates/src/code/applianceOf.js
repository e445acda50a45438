// @ts-check
/**
 * What the appliance does now.
 *
 * @param {Record<string, any>} status as MediaScribe gives it, or the error of asking for it
 * @param {number} now in milliseconds since 1970
 * @returns {Appliance}
 */
export function applianceOf(status, now) {
	return {
		...status,
		isReached: status.error === undefined,
		isRecording: status.state === 'recording',
		path: status.path ?? '',
		beganAt: now - (status.positionSeconds ?? 0) * 1000,
	};
}
