/** The seconds in `slow-2.5s`: how long the job is in processing. */
export function processingSecondsNamed(name: string): number | null {
	const named = /slow-(\d+(?:\.\d+)?)s(?![a-z])/.exec(name)?.[1];
	return named === undefined ? null : Number(named);
}

/** `silence`: nothing is spoken in the recording. */
export function isSilent(name: string): boolean {
	return name.includes('silence');
}

/** The name that a URL's file would have: its last path segment, decoded. */
export function fileNameOfUrl(url: string): string {
	const segment = new URL(url).pathname.split('/').pop() ?? '';
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
