// @ts-check
import { chatText } from './chatText.js';
import { isGivenUp } from './isGivenUp.js';
import { troubleOf } from './troubleOf.js';

/**
 * Why there is no post, and what becomes of its row: `claimed` is tried again by a later look.
 *
 * @param {CodeNode} n8n
 */
export function postTrouble({ $, $input }) {
	// of its first output: n8n would take the one that leads here
	const read = $('Read Transcription').isExecuted
		? $('Read Transcription').first(0)?.json
		: undefined;
	const hasNoWords = read && (read.status !== 'completed' || !read.text?.trim());
	// the next step was given no text: why there is none is said by the transcription
	const given = hasNoWords ? read : $input.first().json;
	const row = $('First Claim').isExecuted ? $('First Claim').first().json : {};
	const draft = $('What Was Decided').isExecuted ? $('What Was Decided').first().json : row;

	function reason() {
		const { error, details, status } = given;
		if (given.state === 'undecided')
			return `Nobody decided within ${$('Settings').first().json.approvalDays} days`;
		if (!error && status === 'completed') return 'Nothing was said in the recording';
		if (!error) return `The transcription is ${status}, not completed`;
		const code = error.code ? ` (${error.code})` : '';
		const said = error.message ? `${error.message}${code}` : error;
		return [said, details?.description].filter(Boolean).join('. ');
	}

	function state() {
		if (given.state === 'undecided') return 'undecided';
		// without a row there is nothing to come back to, and a decision is not asked for twice
		if (row.id === undefined || $('What Was Decided').isExecuted) return 'failed';
		if (['queued', 'processing'].includes(given.status)) return 'claimed';
		if (typeof given.error !== 'string') return 'failed';
		const trouble = troubleOf({ details: {}, ...given });
		const { kind } = trouble;
		// Scripe knows the project not, which is a setting; Scriptivox the transcription, which is gone
		if (kind === 'missing') return $('Create Source').isExecuted ? 'claimed' : 'failed';
		const isEndless = isGivenUp(trouble, Date.parse(row.createdAt), Date.now());
		return kind === 'file' || isEndless ? 'failed' : 'claimed';
	}

	const json = {
		rowId: row.id ?? 0,
		state: state(),
		reason: reason(),
		post: draft.post ?? '',
		triedAt: Date.now(),
	};
	const title =
		json.state === 'claimed' ? 'A post has to wait, and is tried again' : 'No post was made';
	// what is tried again and again is told once
	const isTold = json.state === 'claimed' && Boolean(row.note);
	return [{ json: { ...json, message: isTold ? '' : chatText(`${title}: ${json.reason}`) } }];
}
