import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../../../shared/core/errors';
import { limitField, returnAllField, simplifyField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { wantedCount } from '../../../shared/http/paging';
import { listJobs, MOST_LISTED } from '../../api';
import { progressOf, transcriptOf } from '../../transcript';

/** Lists the account's jobs. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many jobs',
	description: 'List the newest jobs of the account, up to 100, without their transcripts',
	fields: [
		{
			...returnAllField,
			description:
				'Whether to return all results or only up to a given limit. Whipscribe lists the 100 newest jobs.',
		},
		{ ...limitField, typeOptions: { minValue: 1, maxValue: MOST_LISTED, numberPrecision: 0 } },
		simplifyField,
		optionsField(requestOptions),
	],
	async run(context, itemIndex) {
		const jobs = await listJobs(context, itemIndex, { limit: limitOf(context, itemIndex) });
		const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
		return jobs.map((job) =>
			simplify
				? transcriptItem(transcriptOf({ job }), { progress: progressOf(job) })
				: { json: job },
		);
	},
};

function limitOf(context: IExecuteFunctions, itemIndex: number): number {
	const wanted = wantedCount(context, itemIndex);
	if (wanted === Infinity || wanted <= MOST_LISTED) return Math.min(wanted, MOST_LISTED);
	throw inputError(context.getNode(), `Limit must be at most ${MOST_LISTED}`, {
		description: 'Whipscribe lists the newest jobs only, and has no further page.',
		itemIndex,
	});
}
