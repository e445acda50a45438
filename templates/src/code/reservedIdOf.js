// @ts-check

const RESERVED = /^reserved (.+)$/;

/**
 * The ID under which a document or subtitles are to be uploaded; empty where they are in Drive already.
 *
 * @param {string | null | undefined} noted what the table says: `reserved <ID>`, or the ID of what is there
 */
export function reservedIdOf(noted) {
	return RESERVED.exec(noted ?? '')?.[1] ?? '';
}
