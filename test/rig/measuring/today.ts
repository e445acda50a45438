/** The day on which something is measured, as 2026-01-31. */
export function today(): string {
	return new Date().toISOString().slice(0, '2026-01-31'.length);
}
