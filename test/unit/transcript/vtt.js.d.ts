/** The part of the package that is used here; it brings no types of its own. */
declare module 'vtt.js' {
	interface Parser {
		oncue: (cue: { startTime: number; endTime: number; text: string }) => void;
		onparsingerror: (error: Error) => void;
		parse(data: string): Parser;
		flush(): Parser;
	}

	const vtt: {
		WebVTT: {
			Parser: new (window: object, decoder: object) => Parser;
			StringDecoder(): object;
		};
	};
	export default vtt;
}
