/** A word with its time. */
export interface Word {
	/** Seconds from the start. */
	start: number | null;
	/** Seconds from the start. */
	end: number | null;
	text: string;
	/** 0 to 1; null where the provider gives none. */
	confidence: number | null;
}

/** What one speaker said without a break. */
export interface Segment {
	/** Seconds from the start. */
	start: number | null;
	/** Seconds from the start. */
	end: number | null;
	speaker: string | null;
	text: string;
	words: Word[];
}

/** Where a job stands, the same for all providers. */
export type TranscriptStatus = 'queued' | 'processing' | 'completed' | 'failed';

/** The shape that every provider's transcript has; what a provider does not give is null. */
export interface Transcript {
	/** Null where nobody knows, as of subtitles. */
	provider: string | null;
	id: string | null;
	status: TranscriptStatus;
	text: string | null;
	language: string | null;
	durationSeconds: number | null;
	speechDetected: boolean | null;
	speakers: string[];
	segments: Segment[];
	error: { code: string | null; message: string } | null;
	fileName: string | null;
}

/** Whether a job has ended, well or badly. */
export function isFinished({ status }: Pick<Transcript, 'status'>): boolean {
	return status === 'completed' || status === 'failed';
}
