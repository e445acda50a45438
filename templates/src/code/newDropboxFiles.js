// @ts-check

/**
 * A row for each file that arrived. Hidden files, such as those that macOS puts beside others, are left
 * alone.
 *
 * @param {CodeNode} n8n
 */
export function newDropboxFiles({ $input }) {
	return $input
		.all()
		.map(({ json }) => json)
		.filter(({ rev, name }) => rev && !String(name).startsWith('.'))
		.map(({ id, contentHash, rev, name, folder }) => ({
			json: { contentKey: `${id} ${contentHash ?? rev}`, fileId: id, name, folder, rev },
		}));
}
