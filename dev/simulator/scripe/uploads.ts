import type { ReceivedContent } from '../shared/hashSink';
import { type PresignedUpload, PresignedUploads } from '../shared/presignedUploads';
import { Refusal } from './errors';
import { newId } from './ids';
import { CAPS, type ScripeSettings } from './settings';

/** A presigned URL and what was stored with it. */
export interface Upload extends PresignedUpload {
	maxSizeBytes: number;
}

/** Uploads by their id, and the signatures of their URLs. */
export class Uploads extends PresignedUploads<Upload> {
	constructor(private readonly settings: () => ScripeSettings) {
		super();
	}

	/** Makes a place for a file. Throws unprocessable for a type or size that is not taken. */
	mint(contentType: string, maxSizeBytes: number | undefined): Upload {
		const cap = Object.entries(CAPS).find(([type]) => contentType.startsWith(type))?.[1];
		if (cap === undefined) {
			throw new Refusal('unprocessable', `Content type ${contentType} is not supported`);
		}
		if (maxSizeBytes !== undefined && maxSizeBytes > cap) {
			throw new Refusal('unprocessable', `maxSizeBytes is over the cap of ${cap}`);
		}
		const upload: Upload = {
			id: newId('upl'),
			contentType,
			maxSizeBytes: maxSizeBytes ?? cap,
			expiresAt: Date.now() + this.settings().uploads.expireSeconds * 1000,
			state: 'waiting',
			content: null,
		};
		this.all.set(upload.id, upload);
		return upload;
	}

	/** The path and query of an upload's presigned URL. */
	presignedPath(upload: Upload): string {
		const query = new URLSearchParams({ 'X-Signature': this.signatureOf(upload) });
		return `/scripe-storage/${upload.id}?${query.toString()}`;
	}

	/** The upload that a presigned URL is for; null when its id or its signature is wrong. */
	signedFor(id: string, signature: string | undefined): Upload | null {
		return this.withSignature(id, signature);
	}

	/** The content of an upload. Throws not_found; unprocessable where its bytes never came. */
	contentOf(id: string): ReceivedContent {
		const upload = this.all.get(id);
		if (!upload) throw new Refusal('not_found', 'There is no upload with this id');
		if (!upload.content) throw new Refusal('unprocessable', 'The bytes of this upload never came');
		return upload.content;
	}

	protected signedPartsOf({ id, contentType, maxSizeBytes, expiresAt }: Upload) {
		return [id, contentType, maxSizeBytes, expiresAt];
	}
}
