// @ts-check

const STEM_BYTES = 150;

/**
 * A name that every file system takes: no separators, no leading dots, not too long.
 *
 * @param {string} name
 */
export function safeName(name) {
	const characters = Array.from(
		name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^[. ]+|[. ]+$/g, ''),
	);
	while (Buffer.byteLength(characters.join('')) > STEM_BYTES) characters.pop();
	return characters.join('').trim();
}
