import { transcriptFor } from '../templates/folderWatcher';

/** What lies there, and what the provider counts, once the faults are over. */
export interface Found {
	/** What lies in the output folder, by its name. */
	texts: Record<string, string>;
	/** How many recordings lie in the done and failed folders. */
	kept: number;
	jobs: number;
	paidJobs: number;
	/** Jobs that were started again for the same content. */
	duplicatesByContent: number;
}

/** How many texts of each kind there are, and what does not hold. */
export interface Judgement {
	transcripts: number;
	notes: number;
	/** How many of the transcripts came by way of a template that retries, where there is one. */
	retried?: number;
	/** Why there are notes, each reason once, where the notes say that of themselves. */
	reasons?: string[];
	/** How many of those with a note the pack's *Get* has read the transcript of, where that was tried. */
	readByGet?: number;
	problems: string[];
}

/**
 * Whether every recording has exactly one transcript or one note with its reason, is kept, and was paid once.
 *
 * @param contents of the recordings, by their names
 * @param failure the code that the provider fails those with whose names hold it
 */
export function judged(contents: Map<string, Buffer>, failure: string, found: Found): Judgement {
	const texts = new Map(Object.entries(found.texts));
	const problems: string[] = [];
	let [transcripts, notes] = [0, 0];
	for (const [name, content] of contents) {
		const stem = name.replace('.mp3', '');
		const transcript = take(texts, `${stem}.txt`);
		const note = take(texts, `failed_${stem}.txt`);
		if (transcript !== undefined) transcripts += 1;
		if (note !== undefined) notes += 1;
		const isToFail = name.includes(failure);
		if (transcript === undefined && note === undefined) problems.push(`${name} has no text`);
		if (transcript !== undefined && note !== undefined) problems.push(`${name} has two texts`);
		if (transcript !== undefined && transcript !== transcriptFor(content)) {
			problems.push(`${name} has another transcript`);
		}
		if (note !== undefined && !(isToFail && note.includes(failure))) {
			problems.push(`${name} has another note: ${note}`);
		}
	}
	for (const name of texts.keys()) problems.push(`${name} is one too many`);
	const { kept, jobs, paidJobs, duplicatesByContent } = found;
	if (kept !== contents.size) problems.push(`${kept} recordings are kept`);
	if (jobs !== contents.size) problems.push(`${jobs} jobs`);
	if (paidJobs !== transcripts) problems.push(`${paidJobs} paid jobs`);
	if (duplicatesByContent > 0) problems.push(`${duplicatesByContent} jobs too many`);
	return { transcripts, notes, problems };
}

function take(texts: Map<string, string>, name: string): string | undefined {
	const text = texts.get(name);
	texts.delete(name);
	return text;
}
