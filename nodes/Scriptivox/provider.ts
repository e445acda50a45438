import { frozen } from '../shared/core/frozen';
import type { JobProvider } from '../shared/core/provider';
import { objectOf, textOf } from '../shared/core/wireValues';

const BALANCE_HINT = 'Add funds at platform.scriptivox.com/billing, then run the node again.';
const KEY_HINT = 'Open the credential and enter an active key from platform.scriptivox.com/keys.';
const UPLOAD_AGAIN_HINT = 'Upload the file again and use the new upload ID.';

/** What `shared` has to know about Scriptivox. */
export const scriptivox = frozen<JobProvider>({
	name: 'Scriptivox',
	readWith: 'Transcription: Wait or Transcription: Get',
	listWith: 'Transcription: Get Many',
	goneCodes: ['TRANSCRIPTION_NOT_FOUND'],
	credentialType: 'scriptivoxApi',
	secretFields: ['apiKey', 'previousApiKey'],
	/** The envelope is `{ error: { code, message } }` (Scriptivox API reference). */
	readError(body) {
		const { error } = objectOf(body);
		const { code, message } = objectOf(error);
		if (code === undefined && message === undefined) return undefined;
		return { code: textOf(code), message: textOf(message) ?? '' };
	},
	// the job of the request that holds the key is on the way: giving up would lose or repeat it
	transientCodes: ['IDEMPOTENCY_KEY_LOCKED'],
	fileCodes: ['INVALID_MEDIA_FORMAT'],
	hints: {
		INVALID_API_KEY: KEY_HINT,
		API_KEY_REVOKED: KEY_HINT,
		ZERO_BALANCE: BALANCE_HINT,
		INSUFFICIENT_BALANCE: BALANCE_HINT,
		INVALID_REQUEST: 'Check the fields of the node against the message.',
		INVALID_FILENAME: 'Give the file a plain name with its extension.',
		INVALID_MEDIA_FORMAT:
			'Check that the file plays, holds at least one second of sound and is of a kind that Scriptivox takes.',
		FILE_NOT_UPLOADED: 'The bytes never arrived. Upload the file again and use the new upload ID.',
		FILE_TOO_LARGE: 'Scriptivox takes up to 5 GB. Split or compress the file.',
		UPLOAD_ALREADY_USED:
			'An upload belongs to one transcription only. Upload the file again for another.',
		UPLOAD_EXPIRED: UPLOAD_AGAIN_HINT,
		UPLOAD_NOT_FOUND: UPLOAD_AGAIN_HINT,
		TRANSCRIPTION_NOT_FOUND:
			'Check the transcription ID, and that the credential belongs to the account that made it.',
		NOT_FOUND: "Check the credential's Base URL: it ends in /v1.",
		METHOD_NOT_ALLOWED: "Check the credential's Base URL: it ends in /v1.",
		CONFLICT:
			'The transcription is in a state that does not allow this: cancel it only while it runs, delete it only after it ended.',
		IDEMPOTENCY_KEY_LOCKED:
			'Another request with the same idempotency key is still under way. Run the node again in a moment.',
		IDEMPOTENCY_KEY_CONFLICT:
			'This idempotency key was used for another request before, so a job may exist already: look with Transcription: Get Many. A binary file gets a new upload each time: with a key of your own, upload it with File: Upload and keep its upload ID.',
		PAYLOAD_TOO_LARGE: 'The request has more than 100 kB. Shorten its fields.',
		UNSUPPORTED_MEDIA_TYPE: "Check the credential's Base URL, and any proxy in between.",
		URL_NOT_ACCESSIBLE:
			'The URL must give the recording to anybody, without a login. Share it with "anyone", or use a direct link to a file.',
		DOWNLOAD_FAILED: 'Check that the URL gives the whole recording, then transcribe it again.',
		DURATION_TOO_LONG: 'Scriptivox takes recordings of up to 10 hours. Split it.',
		PROCESSING_ERROR: 'Check that the recording plays, then transcribe it again.',
		CREATED_TIMEOUT: 'The job never began. Start it again.',
		DOWNLOAD_TIMEOUT: 'The download took too long. Use a faster link, or upload the file.',
		PROCESSING_TIMEOUT: 'The job took too long. Start it again, or split the recording.',
		BILLING_ERROR: 'Nothing was charged and nothing was delivered. Start the job again.',
		INTERNAL_ERROR: 'Scriptivox had trouble of its own. Start the job again.',
		CANCELLED: 'Somebody cancelled the job. Start it again if you still need it.',
	},
});
