// @ts-check
import { driveTroubleOf } from './driveTroubleOf.js';

/**
 * What is noted of each recording once its document and its subtitles were sent to Drive.
 *
 * @param {CodeNode} n8n
 */
export function driveWritten({ $, $input }) {
	const uploads = $input.all().map(({ json }, item) => {
		const { row, format } = $('Outputs').itemMatching(item).json;
		return { item, row, format, json };
	});
	return [...new Set(uploads.map(({ row }) => row.id))].map((id) => {
		const ofRow = uploads.filter(({ row }) => row.id === id);
		const { row, item } = ofRow[0];
		const ids = { docxId: row.docxId ?? '', srtId: row.srtId ?? '' };
		for (const { format, json } of ofRow) if (!json.error) ids[`${format}Id`] = json.id;
		const failed = ofRow.find(({ json }) => json.error);
		const columns = failed
			? driveTroubleOf(row, failed.json, 'Upload File')
			: { state: 'done', owner: '', attempts: row.attempts, errorCode: '', errorMessage: '' };
		const finishedAt = Date.now();
		return {
			json: { id, lease: row.owner, ...ids, finishedAt, ...columns },
			pairedItem: { item },
		};
	});
}
