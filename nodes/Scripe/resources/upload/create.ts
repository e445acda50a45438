import { inputBinaryField } from '../../../shared/fields';
import type { Operation } from '../../../shared/operation';
import { optionsField, requestOptions } from '../../../shared/optionFields';
import { uploadFileOf } from '../../../shared/upload';
import { uploadFile } from '../../api';
import { checkFile, contentTypeOf } from '../../files';

/** Uploads a file without making a source of it. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an upload',
	description: 'Send a file to Scripe, to be made into a source by its upload ID within 24 hours',
	fields: [inputBinaryField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const propertyName = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
		const file = await uploadFileOf(context, itemIndex, propertyName);
		checkFile(context, itemIndex, file);
		const { uploadId, expiresAt } = await uploadFile(context, itemIndex, file);
		const { name: fileName, size: sizeBytes } = file;
		const mimeType = contentTypeOf(file);
		return [{ json: { uploadId, fileName, mimeType, sizeBytes, expiresAt } }];
	},
};
