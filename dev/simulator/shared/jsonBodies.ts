import type { FastifyInstance } from 'fastify';

/**
 * Reads bodies of JSON; an empty one is none. Bodies of other types have no reader any more.
 *
 * @param largestBytes what is larger is answered with 413
 * @param refusal makes the provider's own answer to what is no JSON
 */
export function readJsonBodies(
	app: FastifyInstance,
	largestBytes: number,
	refusal: () => Error,
): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'application/json',
		{ parseAs: 'string', bodyLimit: largestBytes },
		(_request, text, done) => {
			try {
				done(null, text === '' ? undefined : JSON.parse(String(text)));
			} catch {
				done(refusal());
			}
		},
	);
}
