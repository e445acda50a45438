import contentDisposition from 'content-disposition';
import { docxOf } from '../shared/docx';
import { textOf } from '../shared/speech';
import type { Job } from './jobs';
import { diarizationOf, fullTextOf, languageOf, sentencesOf } from './transcript';

/** One exported file. */
export interface ExportedFile {
	mediaType: string;
	body: string | Buffer;
}

/** What GET …/export?format= can make of a job, by format. */
export const EXPORTS: Record<string, (job: Job) => ExportedFile> = {
	txt: (job) => ({ mediaType: 'text/plain; charset=utf-8', body: fullTextOf(job) }),
	md: (job) => ({
		mediaType: 'text/markdown; charset=utf-8',
		body: `# ${job.fileName}\n\n${fullTextOf(job)}\n`,
	}),
	srt: (job) => ({ mediaType: 'application/x-subrip', body: cuesOf(job, ',').join('\n') }),
	vtt: (job) => ({
		mediaType: 'text/vtt; charset=utf-8',
		body: ['WEBVTT\n', ...cuesOf(job, '.')].join('\n'),
	}),
	docx: (job) => ({
		mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		body: docxOf([fullTextOf(job)]),
	}),
	pdf: (job) => ({ mediaType: 'application/pdf', body: pdfOf(job) }),
	json: (job) => ({
		mediaType: 'application/json',
		body: JSON.stringify({
			version: 1,
			text: fullTextOf(job),
			language: languageOf(job),
			diarization: diarizationOf(job),
		}),
	}),
};

/** The Content-Disposition of an export, with the name for old and new clients (RFC 5987). */
export function dispositionOf({ fileName }: Job, format: string): string {
	const name = `${fileName.replace(/\.[^.]*$/, '') || 'transcript'}.${format}`;
	return contentDisposition(name);
}

/** A stand-in for a PDF: its beginning, the text, and every byte there is. */
function pdfOf(job: Job): Buffer {
	const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
	return Buffer.concat([Buffer.from(`%PDF-1.7\n${fullTextOf(job)}\n`), everyByte]);
}

function cuesOf(job: Job, separator: string): string[] {
	return sentencesOf(job).map(({ start, end, words }, index) => {
		const number = separator === ',' ? `${index + 1}\n` : '';
		return `${number}${clock(start, separator)} --> ${clock(end, separator)}\n${textOf(words)}\n`;
	});
}

function clock(seconds: number, separator: string): string {
	const time = new Date(Math.round(seconds * 1000)).toISOString();
	return time.slice(11, 23).replace('.', separator);
}
