/** What the scan uses of n8n's scanner, which comes without types. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** The files that the scanner judges in a source checkout, as glob patterns. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** Lints the matching files of a folder with the scanner's rules; inline switches are ignored. */
	export function analyzePackage(
		folder: string,
		patterns?: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
