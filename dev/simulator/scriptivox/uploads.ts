import { randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import type { ReceivedContent } from '../shared/hashSink';
import { type PresignedUpload, PresignedUploads } from '../shared/presignedUploads';
import { Refusal } from './errors';
import { MEDIA_TYPES } from './formats';
import type { ScriptivoxSettings } from './settings';

/** A presigned URL and what was stored with it. */
export interface Upload extends PresignedUpload {
	fileName: string;
	/** Whether a transcription was made from it: each upload serves one. */
	used: boolean;
}

/** Uploads by their id, and the signatures of their URLs. */
export class Uploads extends PresignedUploads<Upload> {
	constructor(private readonly settings: () => ScriptivoxSettings) {
		super();
	}

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
			token: this.signatureOf(upload),
		});
		return `/storage/uploads/${upload.id}?${query.toString()}`;
	}

	/** The upload that a presigned URL is for; null when its id or its signature is wrong. */
	signedFor(id: string, query: Record<string, string | undefined>): Upload | null {
		const upload = this.withSignature(id, query.token);
		return query.expires === String(upload?.expiresAt) ? upload : null;
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

	protected signedPartsOf({ id, contentType, expiresAt }: Upload) {
		return [id, contentType, expiresAt];
	}
}
