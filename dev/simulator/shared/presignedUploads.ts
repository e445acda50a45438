import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ReceivedContent } from './hashSink';

/** A presigned URL and what was stored with it. */
export interface PresignedUpload {
	id: string;
	/** The type that the signature is for. */
	contentType: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
	state: 'waiting' | 'receiving' | 'stored';
	content: ReceivedContent | null;
}

/** A provider's uploads by their id, and the signatures of their URLs. */
export abstract class PresignedUploads<Upload extends PresignedUpload> {
	/** The most uploads that were under way at one moment. */
	peakParallel = 0;

	protected readonly all = new Map<string, Upload>();

	private readonly secret = randomBytes(32);

	private parallel = 0;

	/** What the signature of an upload's URL is for. */
	protected abstract signedPartsOf(upload: Upload): Array<string | number>;

	/** The signature of an upload's URL. */
	protected signatureOf(upload: Upload): string {
		const signed = this.signedPartsOf(upload).join('\n');
		return createHmac('sha256', this.secret).update(signed).digest('base64url');
	}

	/** The upload with this id; null when there is none, or the signature is not its own. */
	protected withSignature(id: string, signature: string | undefined): Upload | null {
		const upload = this.all.get(id);
		if (!upload) return null;
		const expected = Buffer.from(this.signatureOf(upload));
		const actual = Buffer.from(signature ?? '');
		const isEqual = actual.length === expected.length && timingSafeEqual(actual, expected);
		return isEqual ? upload : null;
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
}
