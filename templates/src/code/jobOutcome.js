// @ts-check
import { refusalKind } from './refusalKind.js';
import { withoutItemNumber } from './withoutItemNumber.js';

/**
 * What a look at a job has shown: that it is completed, why it has failed, or what kept it from being
 * seen; none of them where it just has not ended.
 *
 * @param {{ status?: string, errorCode?: string, errorMessage?: string, errorDescription?: string,
 *   httpStatus?: number }} seen what the step gave that looks
 * @returns {{ isCompleted: boolean, failure: string, trouble: string }}
 */
export function jobOutcome({ status, errorCode, errorMessage, errorDescription, httpStatus }) {
	const outcome = { isCompleted: status === 'completed', failure: '', trouble: '' };
	if (outcome.isCompleted) return outcome;
	const words = withoutItemNumber(errorMessage ?? '');
	const [, reason] = /could not transcribe the recording: (.+)$/s.exec(words) ?? [];
	const isLost = refusalKind({ code: errorCode, status: httpStatus, words }) === 'missing';
	if (status === 'failed' || reason || isLost) {
		const why = (reason ?? words).replace(` (${errorCode})`, '') || 'No reason was given.';
		return { ...outcome, failure: `${errorCode || 'UNKNOWN'}: ${why}` };
	}
	const isLate = words.includes('has not finished within');
	// that it has not ended is nothing that one has to know, but that it could not be seen is
	const [, lastFailure = ''] = /The last look failed: (.*)\.$/s.exec(errorDescription ?? '') ?? [];
	return { ...outcome, trouble: isLate ? lastFailure : words };
}
