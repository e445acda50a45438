import { inputBinaryField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { startOnce } from '../../../shared/operation/startOnce';
import type { StartRules } from '../../../shared/operation/startOnce';
import { recordingToSend } from '../../../shared/files/upload';
import { uploadFile } from '../../api';
import { fileRules } from '../../files';
import { scriptivox } from '../../provider';

/** An address that was uploaded to is good for an hour (Scriptivox MCP server, api-docs.ts). */
const uploadRules: StartRules = { provider: scriptivox, keys: null, goodForMinutes: 45 };

/** Uploads a file without starting a transcription. */
export const upload: Operation = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload a file',
	description: 'Send a recording to Scriptivox, to be transcribed by its upload ID later',
	fields: [inputBinaryField, optionsField(requestOptions)],
	sendsFile: true,
	async run(context, itemIndex) {
		const file = await recordingToSend(context, itemIndex, fileRules);
		const { uploadId } = await startOnce(context, itemIndex, uploadRules, async () => ({
			uploadId: await uploadFile(context, itemIndex, file),
		}));
		const { name: fileName, mimeType, size: sizeBytes } = file;
		return [{ json: { uploadId, fileName, mimeType, sizeBytes } }];
	},
};
