import * as scripe from '../../../dev/simulator/scripe/errors';
import * as scriptivox from '../../../dev/simulator/scriptivox/errors';
import * as transcripton from '../../../dev/simulator/transcripton/errors';
import * as whipscribe from '../../../dev/simulator/whipscribe/errors';
import { codeFile } from './codeFile';

type Kind = 'file' | 'account' | 'passing' | 'upload' | 'missing';

/** What each documented code means. */
const MEANINGS: Record<string, Record<Kind, string>> = {
	Scriptivox: {
		file: `INVALID_REQUEST INVALID_FILENAME INVALID_MEDIA_FORMAT FILE_TOO_LARGE PAYLOAD_TOO_LARGE
			IDEMPOTENCY_KEY_CONFLICT CONFLICT URL_NOT_ACCESSIBLE DOWNLOAD_FAILED DURATION_TOO_LONG
			PROCESSING_ERROR CANCELLED`,
		account: `INVALID_API_KEY API_KEY_REVOKED ZERO_BALANCE INSUFFICIENT_BALANCE NOT_FOUND
			METHOD_NOT_ALLOWED UNSUPPORTED_MEDIA_TYPE BILLING_ERROR`,
		passing: `IDEMPOTENCY_KEY_LOCKED RATE_LIMIT_EXCEEDED INTERNAL_ERROR CREATED_TIMEOUT
			DOWNLOAD_TIMEOUT PROCESSING_TIMEOUT`,
		upload: 'FILE_NOT_UPLOADED UPLOAD_ALREADY_USED UPLOAD_EXPIRED UPLOAD_NOT_FOUND',
		missing: 'TRANSCRIPTION_NOT_FOUND',
	},
	Whipscribe: {
		file: 'BAD_URL FILE_TOO_LARGE BAD_MIME',
		account: `MISSING_API_KEY INVALID_API_KEY AUTH_REQUIRED AUTHENTICATION_REQUIRED NO_CREDITS
			QUOTA_EXCEEDED transcript_locked BAD_IDEMPOTENCY_KEY BAD_SOURCE`,
		passing: 'RATE_LIMITED BACKEND_ERROR BACKEND_UNREACHABLE FEATURES_NOT_READY',
		upload: '',
		missing: 'NOT_FOUND BAD_ID AUDIO_EXPIRED AUDIO_MISSING',
	},
	Transcripton: {
		file: 'unsupported_format file_too_large file_too_long',
		account: `invalid_api_key quota_exceeded translation_quota_exceeded email_not_verified
			polish_requires_paid_plan summarize_requires_paid_plan translation_not_in_plan
			unsupported_language`,
		passing: 'rate_limited job_not_ready asr_quota_exceeded translation_unavailable',
		upload: '',
		missing: 'not_found',
	},
	Scripe: {
		file: 'invalid_request idempotency_key_conflict payload_too_large unprocessable',
		account: `version_unsupported invalid_token key_expired key_revoked spend_cap_exceeded
			plan_not_eligible scope_missing workspace_mismatch ssrf_blocked`,
		passing: 'rate_limited internal_error bad_pagination bad_cursor',
		upload: '',
		missing: 'not_found',
	},
};

/** The codes with which each provider's simulator refuses, and their statuses; null: of a failed job. */
const DOCUMENTED: Record<string, Record<string, number | null>> = {
	Scriptivox: {
		...Object.fromEntries(Object.keys(scriptivox.ASYNCHRONOUS_CODES).map((code) => [code, null])),
		...scriptivox.SYNCHRONOUS_CODES,
	},
	Whipscribe: whipscribe.CODES,
	Transcripton: transcripton.CODES,
	Scripe: scripe.CODES,
};

const listed = (provider: string, kind: Kind) =>
	MEANINGS[provider]![kind].split(/\s+/).filter(Boolean);
const KINDS: Kind[] = ['file', 'account', 'passing', 'upload', 'missing'];

interface Item {
	error?: unknown;
	details?: Record<string, unknown>;
}

let troubleOf: (item: Item) => Promise<{ kind: Kind; isPassing: boolean }>;

beforeAll(async () => {
	troubleOf = await codeFile<Item, { kind: Kind; isPassing: boolean }>('troubleOf', [
		'error',
		'details',
	]);
});

const kindOf = async (item: Item) => (await troubleOf(item)).kind;

/** An error item of a node of the pack. */
const ofPack = (httpStatus: number | null, code: string | null, error = 'Refused [item 0]') => ({
	error,
	details: { httpStatus, code, description: null },
});

/** An error item of n8n's HTTP Request node. */
const ofHttp = (statusCode: number, body: object) => ({
	error: { message: 'Refused', statusCode, error: body },
});

describe.each(Object.keys(MEANINGS))('a refusal of %s', (provider) => {
	const documented = DOCUMENTED[provider]!;

	it('has a meaning for each code that is documented', () => {
		const known = KINDS.flatMap((kind) => listed(provider, kind));

		expect(known).toEqual(expect.arrayContaining(Object.keys(documented)));
		expect(known).toHaveLength(new Set(known).size);
	});

	it.each(
		KINDS.flatMap((kind) =>
			listed(provider, kind).map((code) => [code, documented[code] ?? null, kind] as const),
		),
	)('with %s (%p) is about: %s', async (code, status, kind) => {
		const message = `${provider} refused the request to it: No (${code}) [item 2]`;
		const trouble = await troubleOf(ofPack(status, code, message));

		expect(trouble.kind).toBe(kind);
		expect(trouble.isPassing).toBe(kind === 'account' || kind === 'passing');
	});
});

describe('a refusal without a documented code', () => {
	it.each<[number, Kind]>([
		[400, 'file'],
		[409, 'file'],
		[413, 'file'],
		[415, 'file'],
		[422, 'file'],
		[431, 'file'],
		[302, 'account'],
		[401, 'account'],
		[402, 'account'],
		[403, 'account'],
		[404, 'account'],
		[405, 'account'],
		[407, 'account'],
		[410, 'account'],
		[408, 'passing'],
		[425, 'passing'],
		[429, 'passing'],
		[500, 'passing'],
		[503, 'passing'],
		[511, 'passing'],
		[524, 'passing'],
	])('is told by its status: %d is about: %s', async (status, kind) => {
		expect(await kindOf(ofPack(status, null))).toBe(kind);
	});

	it.each<[number, string, Kind]>([
		[403, 'FORBIDDEN', 'account'],
		[402, 'A_NEW_ONE', 'account'],
		[409, 'JOB_LOCKED', 'passing'],
		[409, 'A_NEW_ONE', 'file'],
		[404, 'NO_SUCH_JOB', 'missing'],
		[422, 'A_NEW_ONE', 'file'],
	])('is told by its status where the code is unknown: %d %s', async (status, code, kind) => {
		expect(await kindOf(ofPack(status, code))).toBe(kind);
	});

	it.each<[number, Kind]>([
		[400, 'passing'],
		[403, 'passing'],
		[503, 'passing'],
		[413, 'file'],
	])('of the storage that an upload goes to: %d is about: %s', async (status, kind) => {
		const error = `The file "a.mp3" could not be uploaded: the storage answered with HTTP ${status}`;

		expect(await kindOf(ofPack(status, null, error))).toBe(kind);
	});

	it.each(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'ETIMEDOUT', 'CERT_HAS_EXPIRED', 'EIO'])(
		'is passing with the code of the network or the disk: %s',
		async (code) => {
			expect(await kindOf(ofPack(null, code))).toBe('passing');
			expect(await kindOf({ error: { message: 'No', code } })).toBe('passing');
			expect(await kindOf({ error: { message: 'No', cause: { code } } })).toBe('passing');
		},
	);

	it.each<[string, Kind]>([
		['Scriptivox does not take .amr files: "a.amr" [item 0]', 'file'],
		['The file "an empty one is empty.mp3" is empty', 'file'],
		['The file "a" has no extension, which Whipscribe needs', 'file'],
		['The file "a.wav" has no contents', 'file'],
		['The file "a.wav" is larger than Transcripton takes', 'file'],
		['The item has no file in the field "data"', 'file'],
		['URL must begin with http:// or https://', 'file'],
		['URL must have at most 2048 characters', 'file'],
		['URL leads into a network that Scriptivox cannot reach', 'file'],
		['Text has more than 1,000,000 characters', 'file'],
		['Transcripton could not transcribe the recording: noise', 'file'],
		['Scripe could not write the post: no', 'file'],
		['Node does not have any credentials set', 'account'],
		['Input Binary Field is empty', 'account'],
		['Enter the ID of a project', 'account'],
		['Scriptivox does not know the language "xx"', 'account'],
		['n8n cannot read the file "a.mp3" from its storage', 'account'],
	])('of a node of the pack is told by its words: %s', async (error, kind) => {
		expect(await kindOf(ofPack(null, null, error))).toBe(kind);
	});

	it.each<[string, Kind]>([
		['Authorization failed - please check your credentials', 'account'],
		['The service is receiving too many requests from you', 'passing'],
		['Service unavailable - try again later or consider setting this node to retry', 'passing'],
		['The connection was aborted, perhaps the server is offline', 'passing'],
		['Forbidden - perhaps check your credentials?', 'account'],
		['The resource you are requesting could not be found', 'missing'],
		['Invalid name', 'file'],
	])("of a node of n8n's own is told by its words: %s", async (error, kind) => {
		expect(await kindOf({ error })).toBe(kind);
	});
});

describe('a refusal of a storage', () => {
	const drive = (reason: string) => ({ error: { errors: [{ reason }] } });
	const dropbox = (summary: string) => ({ error_summary: `${summary}/..` });

	it.each<[string, number, object, Kind]>([
		['Google Drive', 403, drive('rateLimitExceeded'), 'passing'],
		['Google Drive', 403, drive('userRateLimitExceeded'), 'passing'],
		['Google Drive', 403, drive('storageQuotaExceeded'), 'account'],
		['Google Drive', 403, drive('appNotAuthorizedToFile'), 'account'],
		['Google Drive', 403, drive('insufficientFilePermissions'), 'file'],
		['Google Drive', 403, drive('cannotDownloadFile'), 'file'],
		['Google Drive', 404, drive('notFound'), 'missing'],
		['Dropbox', 409, dropbox('path/insufficient_space'), 'account'],
		['Dropbox', 409, dropbox('path/no_write_permission'), 'account'],
		['Dropbox', 401, dropbox('missing_scope'), 'account'],
		['Dropbox', 401, dropbox('expired_access_token'), 'account'],
		['Dropbox', 429, dropbox('too_many_write_operations'), 'passing'],
		['Dropbox', 409, dropbox('too_many_write_operations'), 'passing'],
		['Dropbox', 409, dropbox('path/not_found'), 'file'],
		['Dropbox', 409, dropbox('path/malformed_path'), 'file'],
	])('is told by its reason: %s %d %j', async (_storage, status, body, kind) => {
		expect(await kindOf(ofHttp(status, body))).toBe(kind);
	});
});
