import { randomBytes } from 'node:crypto';
import { invalidParameter, Refusal } from './errors';

/** What an upload's metadata say; unknown members are Google's to ignore. */
export interface Metadata {
	/** One that files.generateIds gave. */
	id?: string;
	name?: string;
	mimeType?: string;
	parents?: string[];
	originalFilename?: string;
	appProperties?: Record<string, string>;
}

interface Session {
	metadata: Metadata;
	/** The type of the bytes to come; null where it was not announced. */
	mimeType: string | null;
	received: Buffer;
}

const CHUNK_MULTIPLE_BYTES = 256 * 1024;
const RANGE = /^bytes (\d+)-(\d+)\/(\d+)$/;

/** Resumable uploads that are under way. */
export class Uploads {
	/** How many uploads came whole, resumable and others. */
	finished = 0;

	private readonly sessions = new Map<string, Session>();

	/** Opens a session; returns its id, which is all that a chunk needs to be let in. */
	open(metadata: Metadata, mimeType: string | null): string {
		const id = randomBytes(24).toString('base64url');
		this.sessions.set(id, { metadata, mimeType, received: Buffer.alloc(0) });
		return id;
	}

	/**
	 * Takes one chunk.
	 *
	 * @param contentRange e.g. `bytes 0-524287/2000000`; none for a body that is the whole file
	 * @returns what was uploaded when that was the last chunk, else how many bytes there are
	 * @throws Refusal (404) on an unknown session, (400) on a chunk that does not follow
	 */
	take(
		id: string,
		contentRange: string | undefined,
		chunk: Buffer,
	): { whole: Session } | { receivedBytes: number } {
		const session = this.sessions.get(id);
		if (!session) throw new Refusal(404, 'notFound', 'Not Found');
		const last = `${chunk.length - 1}/${chunk.length}`;
		const range = RANGE.exec(contentRange ?? `bytes 0-${last}`);
		if (!range) throw invalidParameter('Content-Range', 'Failed to parse Content-Range header.');
		const [from, to, total] = [Number(range[1]), Number(range[2]), Number(range[3])];
		const isLast = to === total - 1;
		if (from !== session.received.length || to - from + 1 !== chunk.length || to >= total) {
			throw invalidParameter('Content-Range', 'The chunk does not follow what was received.');
		}
		if (!isLast && chunk.length % CHUNK_MULTIPLE_BYTES !== 0) {
			throw invalidParameter('Content-Length', 'Chunks are multiples of 256 KB.');
		}
		session.received = Buffer.concat([session.received, chunk]);
		if (!isLast) return { receivedBytes: session.received.length };
		this.sessions.delete(id);
		return { whole: session };
	}

	/** Forgets all that is under way. */
	reset(): void {
		this.sessions.clear();
		this.finished = 0;
	}
}
