/** The part of the package that is used here; it brings no types of its own. */
declare module 'webvtt-parser' {
	export class WebVTTParser {
		parse(
			input: string,
			mode: string,
		): {
			cues: Array<{ startTime: number; endTime: number; text: string }>;
			errors: Array<{ message: string; line: number; col?: number }>;
		};
	}
}
