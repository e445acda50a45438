/**
 * Runs a program. What it fails with is printed, and the process ends with exit code 1 then, even where a
 * server of it is still open.
 */
export function runProgram(main: () => Promise<void>): void {
	main().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	});
}
