// @ts-check
import { multipartUpload } from './multipartUpload.js';
import { notedRow } from './notedRow.js';
import { reservedIdOf } from './reservedIdOf.js';

/**
 * One upload for each document and each subtitles that are not in Drive yet, under the ID that is reserved
 * for it: Drive makes one file of it, however often it is sent.
 *
 * @param {CodeNode} n8n
 */
export async function driveOutputs({ $, $input, helpers }) {
	const { outputFolder } = $('Folder IDs').first().json;
	const uploads = [];
	for (const [item, { binary = {} }] of $input.all().entries()) {
		const row = notedRow($, item, ['Note Job', 'Note Sending']);
		const stem = row.name.replace(/\.(?=\w*[a-z])\w+\s*$/i, '');
		for (const [format, { mimeType }] of Object.entries(binary)) {
			const id = reservedIdOf(row[`${format}Id`]);
			if (!id) continue;
			const name = `${stem}.${format}`;
			const bytes = await helpers.getBinaryDataBuffer(item, format);
			const data = multipartUpload({ id, name, parents: [outputFolder] }, mimeType, bytes);
			uploads.push({
				json: { row, format, id, name },
				binary: { data },
				pairedItem: { item },
			});
		}
	}
	return uploads;
}
