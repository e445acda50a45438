import type { ServerResponse } from 'node:http';

/** What came in and how it was answered, by endpoint. */
export class RequestCounts {
	private requests: Record<string, number> = {};

	private answers: Record<string, Record<string, number>> = {};

	private unknown: Record<string, Record<string, number>> = {};

	/**
	 * Counts a request as it arrives, and how it ended once it has: by the reply's status, or as
	 * `broken` where no whole reply was sent.
	 */
	follow(endpoint: string, response: ServerResponse): void {
		this.requests[endpoint] = (this.requests[endpoint] ?? 0) + 1;
		response.once('close', () => {
			const end = response.writableFinished ? String(response.statusCode) : 'broken';
			const byEnd = (this.answers[endpoint] ??= {});
			byEnd[end] = (byEnd[end] ?? 0) + 1;
		});
	}

	/**
	 * Counts fields that the provider does not document for this endpoint.
	 *
	 * @param sent a parsed JSON body or query; anything that is no object is ignored
	 * @param known names that the provider documents
	 */
	fields(endpoint: string, sent: unknown, known: readonly string[]): void {
		if (typeof sent !== 'object' || sent === null) return;
		for (const name of Object.keys(sent)) {
			if (known.includes(name)) continue;
			const byName = (this.unknown[endpoint] ??= {});
			byName[name] = (byName[name] ?? 0) + 1;
		}
	}

	/** The counts, ready for JSON: `unknownFields` is the total, its names stand beside it. */
	snapshot() {
		const unknownFields = Object.values(this.unknown)
			.flatMap((byName) => Object.values(byName))
			.reduce((sum, count) => sum + count, 0);
		const rateLimited = Object.values(this.answers).reduce(
			(sum, byStatus) => sum + (byStatus['429'] ?? 0),
			0,
		);
		return structuredClone({
			requests: this.requests,
			answers: this.answers,
			rateLimited,
			unknownFields,
			unknownFieldNames: this.unknown,
		});
	}

	/** Starts again from nothing. */
	reset(): void {
		this.requests = {};
		this.answers = {};
		this.unknown = {};
	}
}
