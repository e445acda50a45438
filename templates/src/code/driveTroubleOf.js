// @ts-check
import { troubleOf } from './troubleOf.js';

const MOST_ATTEMPTS = 3;
const CODES = {
	'Download File': 'NOT_DOWNLOADED',
	'Start Job': 'NOT_SENT',
	'Wait for Job': 'NOT_TRANSCRIBED',
};
const TO_TELL = 'to tell';

/**
 * What becomes of a file that something went wrong with. Only what is wrong with the file counts against
 * it: while the line, Drive, Transcripton or a balance is in trouble it waits.
 *
 * @param {Record<string, any>} row
 * @param {any} json the error item
 * @param {string} stage the node that gave it
 */
export function driveTroubleOf(row, json, stage) {
	const { message, code, status, description, isPassing } = troubleOf(json);
	const mayHaveArrived = description.includes('may have arrived');
	const isSent = !['Download File', 'Start Job'].includes(stage);
	const isLate = message.includes('has not finished within');
	const isOver = message.includes('could not transcribe') || (isSent && status === 404);
	const isFree = isLate || isPassing || description.includes('was not sent');
	const tries = row.attempts ?? 0;
	const given = { errorCode: code || (CODES[stage] ?? 'NOT_WRITTEN'), errorMessage: message };

	if (mayHaveArrived) {
		const errorMessage = `${message}. Look whether Transcripton has the job before this file is sent again.`;
		const errorCode = code || 'MAY_HAVE_ARRIVED';
		return { state: 'lookAtIt', owner: TO_TELL, attempts: tries, errorCode, errorMessage };
	}
	const again = { state: isSent ? 'submitted' : 'waiting', owner: '' };
	if (isFree && !isOver) return { ...again, attempts: Math.max(0, tries - 1), ...given };
	// a start that was refused would be refused again
	const isFinal = isOver || stage === 'Start Job' || tries >= MOST_ATTEMPTS;
	const left = isFinal ? { state: 'failed', owner: TO_TELL } : again;
	return { ...left, attempts: tries, ...given };
}
