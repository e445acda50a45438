import { CODES, type Code } from './errors';

/** The code in `refuse-CODE`: the job is not started, and answered with it. */
export function refusalNamed(name: string): Code | null {
	const named = /refuse-([a-z_]+[a-z])/.exec(name)?.[1];
	return (Object.keys(CODES) as Code[]).find((code) => code === named) ?? null;
}

/** `fail-job`: the job fails. */
export function failsByName(name: string): boolean {
	return name.includes('fail-job');
}

/** `stuck-job`: the job never gets further than transcribing. */
export function isStuckByName(name: string): boolean {
	return name.includes('stuck-job');
}

/** `no-webhook`: the job's event is never sent. */
export function isSilentAboutEnd(name: string): boolean {
	return name.includes('no-webhook');
}
