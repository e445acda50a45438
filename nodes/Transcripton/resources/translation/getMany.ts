import { limitField, returnAllField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import { getTranslations } from '../../api';
import { transcriptionFields, transcriptionIdOf } from '../../transcriptions';
import { readyOptions } from '../../waiting';

/** Lists the translations of a transcription. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many translations',
	description: 'List the translations that were made of a transcript',
	fields: [
		...transcriptionFields,
		returnAllField,
		limitField,
		optionsField([...requestOptions, ...readyOptions]),
	],
	async run(context, itemIndex) {
		const wanted = wantedCount(context, itemIndex);
		const id = await transcriptionIdOf(context, itemIndex);
		const translations = await getTranslations(context, itemIndex, id);
		return translations.slice(0, wanted).map((json) => ({ json }));
	},
};
