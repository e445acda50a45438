import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { idField, idOf } from '../shared/fields/idField';
import { optionsField, requestOptions } from '../shared/fields/optionFields';
import type { JobReference } from './api';
import { claimTokenOf, claimTokenOption } from './claimToken';
import { jobId } from './ids';

/** The job to work on. */
export const jobIdField: INodeProperties = idField(jobId);

/** The options of an operation on one job. */
export const jobOptionsField: INodeProperties = optionsField([claimTokenOption, ...requestOptions]);

/**
 * The job that the item names, with its claim token.
 *
 * @throws NodeOperationError where either cannot be one
 */
export function jobReferenceOf(context: IExecuteFunctions, itemIndex: number): JobReference {
	return {
		jobId: idOf(context, itemIndex, jobId),
		claimToken: claimTokenOf(context, itemIndex),
	};
}
