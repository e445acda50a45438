import type { Transcript } from '../shared/transcript/transcript';
import type { FileSettings } from './captionSettings';
import { clock } from './clock';
import { cuesOf } from './cues';

/** A transcript as SubRip subtitles. */
export function toSrt(transcript: Transcript, settings: FileSettings): string {
	return cuesOf(transcript, settings)
		.map(({ start, end, lines }, index) => {
			const times = `${clock(start, ',')} --> ${clock(end, ',')}`;
			return `${index + 1}\n${times}\n${lines.map(withoutArrow).join('\n')}\n`;
		})
		.join('\n');
}

/** A transcript as WebVTT subtitles (https://www.w3.org/TR/webvtt1/). */
export function toVtt(transcript: Transcript, settings: FileSettings): string {
	const cues = cuesOf(transcript, settings).map(({ start, end, lines }) => {
		const times = `${clock(start, '.')} --> ${clock(end, '.')}`;
		return `${times}\n${lines.map(escapeVtt).join('\n')}\n`;
	});
	return ['WEBVTT\n', ...cues].join('\n');
}

function escapeVtt(line: string): string {
	return line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** SRT has no escapes: a line with an arrow could pass for the time of another cue. */
function withoutArrow(line: string): string {
	return line.replace(/-{2,}>/g, '->');
}
