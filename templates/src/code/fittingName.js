// @ts-check

const NAME_BYTES = 255;

/**
 * A file's name, its stem cut between characters where all three do not fit.
 *
 * @param {string} stem
 * @param {string} suffix
 * @param {string} extension with its dot
 */
export function fittingName(stem, suffix, extension) {
	const characters = Array.from(stem);
	const bytes = () => Buffer.byteLength(characters.join('') + suffix + extension);
	while (characters.length > 1 && bytes() > NAME_BYTES) characters.pop();
	return characters.join('') + suffix + extension;
}
