import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** What an error item says beside its message: code, HTTP status and advice. */
export function detailsOf(item: Pick<INodeExecutionData, 'json'> | undefined) {
	const { details } = item?.json ?? {};
	return details as { code: unknown; httpStatus: unknown; description: string } & IDataObject;
}
