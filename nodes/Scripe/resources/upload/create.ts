import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { startOnce } from '../../../shared/operation/startOnce';
import type { StartRules } from '../../../shared/operation/startOnce';
import { uploadFile } from '../../api';
import { fileField, fileToSend } from '../../files';
import { scripe } from '../../provider';

/** Bytes that nothing refers to are kept for 24 hours (Scripe API reference, uploads). */
const uploadRules: StartRules = { provider: scripe, keys: null, goodForMinutes: 23 * 60 };

/** Uploads a file without making a source of it. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an upload',
	description: 'Send a file to Scripe, to be made into a source by its upload ID within 24 hours',
	fields: [fileField, optionsField(requestOptions)],
	sendsFile: true,
	async run(context, itemIndex) {
		const file = await fileToSend(context, itemIndex);
		const { uploadId, expiresAt } = await startOnce(
			context,
			itemIndex,
			uploadRules,
			async () => await uploadFile(context, itemIndex, file),
		);
		const { name: fileName, mimeType, size: sizeBytes } = file;
		return [{ json: { uploadId, fileName, mimeType, sizeBytes, expiresAt } }];
	},
};
