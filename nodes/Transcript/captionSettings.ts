/** How a transcript is written as a file. */
export interface FileSettings {
	/** Whether to write who speaks, where it changes. */
	speakers: boolean;
	/** Whether text has the time of each turn. */
	timestamps: boolean;
	/** The most characters on a line of a caption; a full-width one counts as two. */
	charactersPerLine: number;
	/** The most lines of a caption. */
	linesPerCue: number;
	/** The longest time that a caption stays. */
	longestCueSeconds: number;
	/** The shortest time that a caption stays, where there is time. */
	shortestCueSeconds: number;
	/** How fast a viewer reads: a caption stays until it is read, where there is time. */
	charactersPerSecond: number;
}

/** What most guides for captions ask for. */
export const DEFAULT_SETTINGS: FileSettings = {
	speakers: true,
	timestamps: false,
	charactersPerLine: 42,
	linesPerCue: 2,
	longestCueSeconds: 7,
	shortestCueSeconds: 0.8,
	charactersPerSecond: 20,
};
