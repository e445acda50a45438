// @ts-check
import { isGivenUp } from './isGivenUp.js';
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
 * it: while the line, Drive, Transcripton or a balance is in trouble it waits, unless one of them fails
 * over it for days. What is paid for is never given up so.
 *
 * @param {Record<string, any>} row
 * @param {any} json the error item
 * @param {string} stage the node that gave it
 */
export function driveTroubleOf(row, json, stage) {
	const trouble = troubleOf(json);
	const { message, code, description, kind, isPassing } = trouble;
	const mayHaveArrived = description.includes('may have arrived');
	const isSent = !['Download File', 'Start Job'].includes(stage);
	const isLate = message.includes('has not finished within');
	// there is no place to put it: an address or a folder in the settings
	const isUnplaced = ['Start Job', 'Upload File'].includes(stage) && kind === 'missing';
	const isGone = isSent && kind === 'missing' && !isUnplaced;
	const isOver = message.includes('could not transcribe') || isGone;
	const isFree = isLate || isPassing || isUnplaced || description.includes('was not sent');
	const tries = row.attempts ?? 0;
	const given = { errorCode: code || (CODES[stage] ?? 'NOT_WRITTEN'), errorMessage: message };

	if (mayHaveArrived) {
		const errorMessage = `${message}. Look whether Transcripton has the job before this file is sent again.`;
		const errorCode = code || 'MAY_HAVE_ARRIVED';
		return { state: 'lookAtIt', owner: TO_TELL, attempts: tries, errorCode, errorMessage };
	}
	const again = { state: isSent ? 'submitted' : 'waiting', owner: '' };
	const now = Date.now();
	// of a file that waits: since when
	const finishedAt = (!isSent && row.finishedAt) || now;
	const isEndless = !isSent && isGivenUp(trouble, finishedAt, now);
	if (isFree && !isOver && !isEndless) {
		return { ...again, attempts: Math.max(0, tries - 1), finishedAt, ...given };
	}
	// a start that was refused would be refused again
	const isFinal = isOver || isEndless || stage === 'Start Job' || tries >= MOST_ATTEMPTS;
	const left = isFinal ? { state: 'failed', owner: TO_TELL } : again;
	return { ...left, attempts: tries, ...given };
}
