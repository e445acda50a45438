import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { notFound, Refusal } from './errors';
import { jsonOf } from './requests';

const DOCUMENT_TYPE = 'application/vnd.google-apps.document';

interface InsertText {
	text?: string;
	endOfSegmentLocation?: { segmentId?: string };
}

/**
 * documents.batchUpdate of the Google Docs API, as far as it appends a text
 * (https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request). The text of
 * a document is what its file in the Drive holds.
 */
export function useDocuments(app: FastifyInstance, account: Account): void {
	app.post<{ Params: { target: string } }>('/v1/documents/:target', {
		config: { endpoint: ENDPOINTS.updateDocument },
		handler: async ({ params, body }) => {
			const documentId = /^([^:]+):batchUpdate$/.exec(params.target)?.[1] ?? '';
			const document = account.files.find(documentId);
			if (document.mimeType !== DOCUMENT_TYPE) throw notFound(documentId);
			const { requests = [] } = jsonOf<{ requests?: Array<{ insertText?: InsertText }> }>(body);
			const texts = requests.map(({ insertText }, index) => textOf(insertText, index));
			document.bytes = Buffer.concat([document.bytes, Buffer.from(texts.join(''))]);
			return { documentId, replies: requests.map(() => ({})), writeControl: {} };
		},
	});
}

function textOf(insertText: InsertText | undefined, index: number): string {
	const place = `Invalid requests[${index}]`;
	if (!insertText?.endOfSegmentLocation) {
		throw new Refusal(400, 'badRequest', `${place}: only text at the end can be inserted here.`);
	}
	if (insertText.text) return insertText.text;
	const words = 'Insert text requests must specify text to insert.';
	throw new Refusal(400, 'badRequest', `${place}.insertText: ${words}`);
}
