import { dayAndTimeOf, numberOf, textOf } from '../core/wireValues';

/**
 * A provider's things as entries of a picker; what has no id cannot be chosen and is left out.
 *
 * @param idOf where a thing's id stands
 * @param labelOf what a user sees of it
 */
export function choicesOf<Wire>(
	things: Wire[],
	idOf: (thing: Wire) => unknown,
	labelOf: (thing: Wire) => string,
): Array<{ name: string; value: string }> {
	return things.flatMap((thing) => {
		const value = textOf(idOf(thing));
		return value === null ? [] : [{ name: labelOf(thing), value }];
	});
}

/** What is known of a job, as the provider gives it; what it does not give is left out. */
export interface Recognized {
	id: unknown;
	/** The recording's name. */
	name?: unknown;
	createdAt?: unknown;
	/** The recording's length in seconds. */
	seconds?: unknown;
	language?: unknown;
	status?: unknown;
}

/** What a person recognizes a job by: name, date, length and language of the recording, and where it stands. */
export function jobLabel(job: Recognized): string {
	const seconds = numberOf(job.seconds);
	const date = dayAndTimeOf(job.createdAt);
	const name = textOf(job.name);
	const parts = [
		name ?? (date === null ? textOf(job.id) : null),
		date,
		seconds === null ? null : lengthOf(seconds),
		textOf(job.language),
		textOf(job.status),
	];
	return parts.filter((part) => part !== null).join(' · ');
}

/** A length as players show it: 1:02, or 2:03:04. */
function lengthOf(seconds: number): string {
	const whole = Math.max(0, Math.round(seconds));
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
	const rest = String(whole % 60).padStart(2, '0');
	return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
