/**
 * A time as captions write it: `01:02:03,456`.
 *
 * @param milliseconds whole ones, from the start
 * @param mark what stands before the milliseconds
 */
export function clock(milliseconds: number, mark: string): string {
	const seconds = Math.floor(milliseconds / 1000);
	return `${clockOfSeconds(seconds)}${mark}${padded(milliseconds % 1000, 3)}`;
}

/** A time as people write it, in whole seconds: `01:02:03`. */
export function clockOfSeconds(seconds: number): string {
	const whole = Math.floor(seconds);
	const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	return parts.map((part) => padded(part, 2)).join(':');
}

function padded(value: number, length: number): string {
	return String(value).padStart(length, '0');
}
