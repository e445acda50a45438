// @ts-check
import { withoutItemNumber } from './withoutItemNumber.js';

/**
 * Why a guest has no transcript: the job has failed, or is not there yet and can be looked at again.
 *
 * @param {CodeNode} n8n
 */
export function guestProblem({ $, $input }) {
	const started = $('Keep Claim Token');
	const { id, claimToken } = (started.isExecuted ? started : $('With the Recording')).first().json;
	const problem = String($input.first().json.error);

	if (problem.startsWith('Whipscribe could not transcribe')) {
		const title = 'This recording could not be transcribed';
		const message = withoutItemNumber(problem);
		return [{ json: { id, state: 'failed', claimToken: '', problem, title, message } }];
	}
	const title = 'The transcript is not there yet';
	const message =
		'Your recording is kept. Send it again to look for its transcript, at no charge, or sign in later.';
	return [{ json: { id, state: 'waiting', claimToken, problem, title, message } }];
}
