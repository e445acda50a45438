import type { Operation } from '../../../shared/operation/operation';
import { numberOf, textOf } from '../../../shared/core/wireValues';
import * as api from '../../api';
import { jobIdField, jobOptionsField, jobReferenceOf } from '../../jobReference';

/** Gets an address from which a job's recording can be downloaded. */
export const getAudioUrl: Operation = {
	value: 'getAudioUrl',
	name: 'Get Audio URL',
	action: 'Get the audio URL of a job',
	description: 'Get a link to the recording of a job, which works for a while',
	fields: [jobIdField, jobOptionsField],
	async run(context, itemIndex) {
		const reference = jobReferenceOf(context, itemIndex);
		const audio = await api.getAudioUrl(context, itemIndex, reference);
		const json = {
			jobId: reference.jobId,
			url: audio.url,
			storage: textOf(audio.storage),
			expiresInSeconds: numberOf(audio.expires_in),
		};
		return [{ json }];
	},
};
