import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { extname } from 'node:path';
import type { ReceivedContent } from '../shared/hashSink';
import { Refusal } from './errors';
import { MEDIA_TYPES } from './formats';
import type { ScriptivoxSettings } from './settings';

/** A presigned URL and what was stored with it. */
export interface Upload {
	id: string;
	fileName: string;
	contentType: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
	state: 'waiting' | 'receiving' | 'stored';
	content: ReceivedContent | null;
	/** Whether a transcription was made from it: each upload serves one. */
	used: boolean;
}

/** Uploads by their id, and the signatures of their URLs. */
export class Uploads {
	/** The most uploads that were under way at one moment. */
	peakParallel = 0;

	private readonly all = new Map<string, Upload>();

	private readonly secret = randomBytes(32);

	private parallel = 0;

	constructor(private readonly settings: () => ScriptivoxSettings) {}

	/**
	 * Makes a place for a file.
	 *
	 * @throws INVALID_FILENAME, INVALID_MEDIA_FORMAT when its extension is none of the 25
	 */
	create(fileName: string): Upload {
		const extension = extname(fileName).slice(1).toLowerCase();
		if (/[/\\\0]/.test(fileName) || extension === '') {
			throw new Refusal('INVALID_FILENAME', 'filename must be a plain file name with an extension');
		}
		const contentType = Object.hasOwn(MEDIA_TYPES, extension) ? MEDIA_TYPES[extension] : null;
		if (!contentType) {
			throw new Refusal('INVALID_MEDIA_FORMAT', `Files of type .${extension} are not supported`);
		}
		const upload: Upload = {
			id: randomUUID(),
			fileName,
			contentType,
			expiresAt: Date.now() + this.settings().uploads.expireSeconds * 1000,
			state: 'waiting',
			content: null,
			used: false,
		};
		this.all.set(upload.id, upload);
		return upload;
	}

	/** The path and query of an upload's presigned URL. */
	presignedPath(upload: Upload): string {
		const query = new URLSearchParams({
			expires: String(upload.expiresAt),
			token: this.tokenOf(upload),
		});
		return `/storage/uploads/${upload.id}?${query.toString()}`;
	}

	/** The upload that a presigned URL is for; null when its id or its signature is wrong. */
	signedFor(id: string, query: Record<string, string | undefined>): Upload | null {
		const upload = this.all.get(id);
		if (!upload || query.expires !== String(upload.expiresAt)) return null;
		const expected = Buffer.from(this.tokenOf(upload));
		const actual = Buffer.from(query.token ?? '');
		const equal = actual.length === expected.length && timingSafeEqual(actual, expected);
		return equal ? upload : null;
	}

	/** Runs the reception of an upload's body; it counts as stored only if that did not throw. */
	async receive(upload: Upload, reception: () => Promise<ReceivedContent>): Promise<void> {
		upload.state = 'receiving';
		this.parallel += 1;
		this.peakParallel = Math.max(this.peakParallel, this.parallel);
		try {
			upload.content = await reception();
			upload.state = 'stored';
		} finally {
			this.parallel -= 1;
			if (upload.content === null) upload.state = 'waiting';
		}
	}

	/** The upload with this id, whatever its state; undefined if there is none. */
	find(id: string): Upload | undefined {
		return this.all.get(id);
	}

	/**
	 * Takes an upload for a transcription.
	 *
	 * @throws UPLOAD_NOT_FOUND, FILE_NOT_UPLOADED, UPLOAD_EXPIRED, UPLOAD_ALREADY_USED, FILE_TOO_LARGE
	 */
	use(id: string): { upload: Upload; content: ReceivedContent } {
		const upload = this.all.get(id);
		if (!upload) throw new Refusal('UPLOAD_NOT_FOUND', 'There is no upload with this id');
		if (upload.used) throw new Refusal('UPLOAD_ALREADY_USED', 'The upload has a transcription');
		const { content } = upload;
		if (!content) {
			if (Date.now() > upload.expiresAt) {
				throw new Refusal('UPLOAD_EXPIRED', 'The upload expired before its file came');
			}
			throw new Refusal('FILE_NOT_UPLOADED', 'The file of this upload did not come yet');
		}
		if (content.sizeBytes > this.settings().uploads.maximumBytes) {
			throw new Refusal('FILE_TOO_LARGE', 'The file is larger than Scriptivox takes');
		}
		return { upload, content };
	}

	/** How many there are, in which state, and how many bytes they took. */
	statistics() {
		const uploads = [...this.all.values()];
		const stored = uploads.filter(({ state }) => state === 'stored');
		return {
			created: uploads.length,
			stored: stored.length,
			bytes: stored.reduce((sum, { content }) => sum + (content?.sizeBytes ?? 0), 0),
		};
	}

	/** Forgets every upload. */
	reset(): void {
		this.all.clear();
		this.peakParallel = this.parallel;
	}

	private tokenOf({ id, contentType, expiresAt }: Upload): string {
		const signed = `${id}\n${contentType}\n${expiresAt}`;
		return createHmac('sha256', this.secret).update(signed).digest('base64url');
	}
}
