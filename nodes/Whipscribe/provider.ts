import { readDetail } from '../shared/http/detailError';
import { frozen } from '../shared/core/frozen';
import type { JobProvider } from '../shared/core/provider';
import { numberOf, objectOf, textOf } from '../shared/core/wireValues';

const KEY_HINT = 'Open the credential and enter an API key of Whipscribe.';
const CREDITS_HINT = 'Buy hours with Whipscribe, then run the node again.';
const AUDIO_GONE = 'The transcript can still be read: use Job: Get Transcript or Job: Export.';

/** What `shared` has to know about Whipscribe. */
export const whipscribe = frozen<JobProvider>({
	name: 'Whipscribe',
	readWith: 'Job: Wait or Job: Get Transcript',
	listWith: 'Job: Get Many',
	goneCodes: ['NOT_FOUND'],
	credentialType: 'whipscribeApi',
	secretFields: ['apiKey', 'idToken', 'guestToken'],
	/** The envelope is `{ error, code }` (Whipscribe API docs); some replies carry a `detail`. */
	readError(body) {
		const { error, code, ...extras } = objectOf(body);
		const said = typeof error === 'string' ? error : textOf(objectOf(error).message);
		const saidCode = textOf(code) ?? textOf(objectOf(error).code);
		if (said === null && saidCode === null) return readDetail(body);
		return {
			code: saidCode,
			message: said ?? textOf(extras.detail) ?? '',
			advice: adviceFor(saidCode, extras),
		};
	},
	fileCodes: ['BAD_MIME'],
	hints: {
		MISSING_API_KEY: KEY_HINT,
		INVALID_API_KEY: KEY_HINT,
		AUTH_REQUIRED:
			'Enter the API key, and the ID token of the user where one is needed, in the credential.',
		AUTHENTICATION_REQUIRED:
			'The job belongs to a user or waits to be claimed. Add its Claim Token in the options, or enter the ID token of its user in the credential: an old one has run out.',
		BAD_ID: 'Check the job ID: it is the one that Transcribe gave.',
		BAD_URL:
			'Check the URL. Whipscribe takes direct links to recordings and YouTube videos under a Creative Commons licence.',
		BAD_IDEMPOTENCY_KEY:
			'Use at most 255 letters, digits and the characters _ . : / - for the Idempotency Key.',
		BAD_MIME: 'Whipscribe takes mp3, m4a, wav, mp4, mov, ogg, webm and flac. Convert the file.',
		BAD_SOURCE: 'Choose a Source from the list.',
		FILE_TOO_LARGE: 'Split or compress the file.',
		NO_CREDITS: CREDITS_HINT,
		NOT_FOUND:
			'Check the job ID, and that the credential belongs to the account that made it. A job that was started without a user needs its Claim Token in the options.',
		AUDIO_EXPIRED: `The recording is not kept any more. ${AUDIO_GONE}`,
		AUDIO_MISSING: `The recording is not there. ${AUDIO_GONE}`,
		transcript_locked: 'Whipscribe shows this transcript only after a payment on its site.',
		FEATURES_NOT_READY: 'The job has not ended yet. Run the node again later.',
	},
	// "retry safe" in the Whipscribe API docs, whatever the request
	transientCodes: ['BACKEND_ERROR', 'BACKEND_UNREACHABLE'],
});

/** What to do, from what stands beside the code. */
function adviceFor(code: string | null, extras: Record<string, unknown>): string | undefined {
	const days = numberOf(extras.retention_days);
	if (code === 'AUDIO_EXPIRED' && days !== null) {
		return `Whipscribe keeps this account's recordings for ${days} days after a job ended. ${AUDIO_GONE}`;
	}
	if (code === 'QUOTA_EXCEEDED') return CREDITS_HINT;
	const upgradeUrl = textOf(extras.upgrade_url);
	const canBuy = code === 'NO_CREDITS' && upgradeUrl !== null;
	return canBuy ? `Buy hours, then run the node again: ${upgradeUrl}` : undefined;
}
