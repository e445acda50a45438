import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ReceivedContent } from '../shared/hashSink';
import { Refusal } from './errors';
import { newId } from './ids';
import { CAPS, type ScripeSettings } from './settings';

/** A presigned URL and what was stored with it. */
export interface Upload {
	id: string;
	contentType: string;
	maxSizeBytes: number;
	/** Milliseconds since 1970. */
	expiresAt: number;
	state: 'waiting' | 'receiving' | 'stored';
	content: ReceivedContent | null;
}

/** Uploads by their id, and the signatures of their URLs. */
export class Uploads {
	private readonly all = new Map<string, Upload>();

	private readonly secret = randomBytes(32);

	constructor(private readonly settings: () => ScripeSettings) {}

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
		const upload = this.all.get(id);
		if (!upload) return null;
		const expected = Buffer.from(this.signatureOf(upload));
		const actual = Buffer.from(signature ?? '');
		const equal = actual.length === expected.length && timingSafeEqual(actual, expected);
		return equal ? upload : null;
	}

	/** Runs the reception of an upload's body; it counts as stored only if that did not throw. */
	async receive(upload: Upload, reception: () => Promise<ReceivedContent>): Promise<void> {
		upload.state = 'receiving';
		try {
			upload.content = await reception();
			upload.state = 'stored';
		} finally {
			if (upload.content === null) upload.state = 'waiting';
		}
	}

	/** The content of an upload. Throws not_found; unprocessable where its bytes never came. */
	contentOf(id: string): ReceivedContent {
		const upload = this.all.get(id);
		if (!upload) throw new Refusal('not_found', 'There is no upload with this id');
		if (!upload.content) throw new Refusal('unprocessable', 'The bytes of this upload never came');
		return upload.content;
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
	}

	private signatureOf({ id, contentType, maxSizeBytes, expiresAt }: Upload): string {
		const signed = [id, contentType, maxSizeBytes, expiresAt].join('\n');
		return createHmac('sha256', this.secret).update(signed).digest('base64url');
	}
}
