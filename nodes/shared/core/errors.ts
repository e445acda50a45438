import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { ProviderError } from './provider';
import { oneLine, safeText } from './safeText';

/** What an error tells a user besides what happened. */
export interface ErrorDetails {
	/** What to do next, in full sentences. */
	description?: string;
	/** Zero-based number of the item that it is about. */
	itemIndex?: number;
}

// a file's name may hold a line break
function withItemNumber(message: string, itemIndex: number | undefined): string {
	const line = oneLine(message);
	return itemIndex === undefined ? line : `${line} [item ${itemIndex}]`;
}

/**
 * Something in the node's own settings or input that no request could mend.
 *
 * @param message what is the matter, in one sentence, without a full stop
 */
export function inputError(
	node: INode,
	message: string,
	{ description, itemIndex }: ErrorDetails = {},
): NodeOperationError {
	const text = withItemNumber(message, itemIndex);
	const error = new NodeOperationError(node, text, { description, itemIndex });
	// n8n swaps texts that it takes for a network code against its own, even within a file's name
	error.message = text;
	return error;
}

/** What is known of a call that a provider did not serve. */
export interface ApiFailure extends ErrorDetails {
	/** What happened, in one sentence, without a full stop. */
	message: string;
	/** The provider's code, or the network's (`ECONNRESET`); null where there is none. */
	code: string | null;
	/** HTTP status; null where no reply came. */
	httpStatus: number | null;
	/** Whether what the file is may be the reason. */
	mayBeTheFile?: boolean;
	/** Whether a web page came in place of the provider's answer: then its status says nothing of it. */
	isWebPage?: boolean;
	/** Whether the provider has answered at that address before. */
	isKnownAddress?: boolean;
}

/** A provider's refusal, or a reply that never came, in words for the node's panel. */
export function apiError(node: INode, failure: ApiFailure): NodeApiError {
	const message = withItemNumber(failure.message, failure.itemIndex);
	const error = new NodeApiError(
		node,
		{ message },
		{
			message,
			description: failure.description,
			httpCode: failure.httpStatus === null ? undefined : String(failure.httpStatus),
			itemIndex: failure.itemIndex,
		},
	);
	// n8n swaps texts that it takes for a network code against its own: ours already says more
	error.message = message;
	error.context.code = failure.code;
	error.context.httpStatus = failure.httpStatus;
	error.context.mayBeTheFile = failure.mayBeTheFile === true;
	if (failure.isWebPage) error.context.isWebPage = true;
	if (failure.isKnownAddress) error.context.isKnownAddress = true;
	return error;
}

/** The HTTP status that an error of a provider came with; undefined for any other error. */
export function httpStatusOf(error: unknown): number | undefined {
	if (!(error instanceof NodeApiError)) return undefined;
	return (error.context.httpStatus as number | null) ?? undefined;
}

/** The HTTP status with which the provider itself refused a request; undefined for any other error. */
export function refusalStatusOf(error: unknown): number | undefined {
	const status = httpStatusOf(error);
	const isRefusal = status !== undefined && status >= 400 && status < 500;
	return isRefusal && !isOfWebPage(error) ? status : undefined;
}

/** Whether an error is of a web page that came in place of the provider's answer. */
export function isOfWebPage(error: unknown): boolean {
	return error instanceof NodeApiError && error.context.isWebPage === true;
}

/** Whether the provider has answered before where an error came from. */
export function isOfKnownAddress(error: unknown): boolean {
	return error instanceof NodeApiError && error.context.isKnownAddress === true;
}

/** The provider's or the network's code that an error came with; undefined where it has none. */
export function codeOf(error: unknown): string | undefined {
	if (!(error instanceof NodeApiError)) return undefined;
	return (error.context.code as string | null) ?? undefined;
}

/** The provider's message and code, safe to show: `Balance is empty (ZERO_BALANCE)`. */
export function providerWords({ code, message }: ProviderError, secrets: string[] = []): string {
	const words = safeText(message, secrets);
	if (!code) return words;
	const safeCode = safeText(code, secrets);
	return words ? `${words} (${safeCode})` : safeCode;
}

/** Whether an error is one that the file itself may be the reason of. */
export function mayBeTheFile(error: unknown): error is NodeApiError {
	return error instanceof NodeApiError && error.context.mayBeTheFile === true;
}

/**
 * The output item that stands for an input item that went wrong: `error` is the message, `details`
 * holds the code, the HTTP status and the advice as data.
 *
 * n8n takes an item for an error by these two names alone; of one that it copies with an `error`
 * beside its `json` it would keep the message and drop the rest. Of a guest's job, `claimToken` stands
 * beside them: without it nobody can read the job.
 */
export function errorItem(node: INode, error: unknown, itemIndex: number): INodeExecutionData {
	const known =
		error instanceof NodeApiError || error instanceof NodeOperationError
			? error
			: new NodeOperationError(node, error as Error, { itemIndex });
	const details: IDataObject = {
		code: (known.context.code as string | undefined) ?? null,
		httpStatus: (known.context.httpStatus as number | undefined) ?? null,
		description: known.description ?? null,
	};
	const { claimToken } = known.context;
	const json: IDataObject = { error: known.message, details };
	if (typeof claimToken === 'string') json.claimToken = claimToken;
	const item = { json, pairedItem: { item: itemIndex } };
	// n8n 2.32 and older find the way to the error output by it, and all where there is a claim token;
	// n8n copies the item without it
	if (node.onError === 'continueErrorOutput')
		Object.defineProperty(item, 'error', { value: known });
	return item;
}
