import { randomBytes } from 'node:crypto';

/** A new id such as `job_x3Jk…`. */
export function newId(prefix: string): string {
	return `${prefix}_${randomBytes(12).toString('base64url')}`;
}
