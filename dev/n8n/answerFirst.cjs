// What the files that are loaded into an n8n before its own have in common.
const Module = require('node:module');

/**
 * Has a function say where a module is before Node.js looks for it.
 *
 * @param {(request: string, parent: NodeModule | undefined, options: object | undefined) => string | undefined} answer
 *   its file, absolute; undefined leaves it to whoever was asked before
 * @returns {(request: string, parent?: NodeModule, ...others: unknown[]) => string} who was asked before
 */
exports.answerFirst = (answer) => {
	const { _resolveFilename: resolve } = Module;
	Module._resolveFilename = function (request, parent, isMain, options) {
		return answer(request, parent, options) ?? resolve.call(this, request, parent, isMain, options);
	};
	return resolve;
};
