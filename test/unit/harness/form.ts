import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

import busboy from 'busboy';

import { bodyOf } from './server';

/** A form with its files. */
export interface ParsedForm {
	fields: Record<string, string>;
	files: Record<string, { bytes: Buffer; name: string; type: string }>;
}

/** A form as an independent parser reads it. */
export async function parseForm(
	headers: IncomingMessage['headers'],
	body: Buffer,
): Promise<ParsedForm> {
	const form: ParsedForm = { fields: {}, files: {} };
	const parser = busboy({ headers, defParamCharset: 'utf8' });
	const files: Array<Promise<void>> = [];
	parser.on('field', (name, value) => {
		form.fields[name] = value;
	});
	parser.on('file', (field, stream, { filename, mimeType }) => {
		files.push(
			bodyOf(stream as unknown as IncomingMessage).then((bytes) => {
				form.files[field] = { bytes, name: filename, type: mimeType };
			}),
		);
	});
	await new Promise((resolve, reject) => {
		parser.on('close', resolve).on('error', reject);
		Readable.from([body]).pipe(parser);
	});
	await Promise.all(files);
	return form;
}
