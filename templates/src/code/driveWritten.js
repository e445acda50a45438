// @ts-check
import { driveTroubleOf } from './driveTroubleOf.js';
import { troubleOf } from './troubleOf.js';

const IS_THERE = 409; // an upload before this one made the file
const NOT_ITS_ID = 400; // e.g. of another account: the next look reserves one anew

/**
 * What is noted of each recording once its document and its subtitles were sent to Drive.
 *
 * @param {CodeNode} n8n
 */
export function driveWritten({ $, $input }) {
	const uploads = $input.all().map(({ json }, item) => {
		const { row, format, id } = $('Outputs').itemMatching(item).json;
		const status = json.error ? troubleOf(json).status : null;
		const isThere = !json.error || status === IS_THERE;
		return { item, row, format, id, json, isThere, isUnusable: status === NOT_ITS_ID };
	});
	return [...new Set(uploads.map(({ row }) => row.id))].map((id) => {
		const ofRow = uploads.filter(({ row }) => row.id === id);
		const { row, item } = ofRow[0];
		const ids = { docxId: row.docxId ?? '', srtId: row.srtId ?? '' };
		for (const upload of ofRow) {
			if (upload.isThere) ids[`${upload.format}Id`] = upload.id;
			if (upload.isUnusable) ids[`${upload.format}Id`] = '';
		}
		const failed = ofRow.find(({ isThere }) => !isThere);
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
