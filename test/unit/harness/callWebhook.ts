import { WebhookContext } from 'n8n-core';
import { jsonParse } from 'n8n-workflow';
import type {
	INodeExecutionData,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetup } from './workflow';

/** A request with what n8n reads from its content type. */
type ParsedRequest = Request & {
	contentType?: string;
	encoding?: BufferEncoding;
	rawBody?: Buffer;
};
type Request = NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
type Response = NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;

/** A call of a node's webhook. */
export interface WebhookCall extends NodeSetup {
	/** The body as received; an error where it cannot be read to its end. */
	body: Buffer | Error;
	/** Names in any case. */
	headers?: Record<string, string>;
	/** The execution that the call goes to; none for a trigger. */
	runExecutionData?: IRunExecutionData;
	/** POST unless told. */
	method?: 'GET' | 'POST';
	query?: Record<string, string | string[]>;
	/** `manual` while somebody tests in the editor. */
	mode?: WorkflowExecuteMode;
}

/** What the caller of a webhook gets, and what the workflow starts with. */
export interface WebhookAnswer {
	/** The status that the node itself answered with; null where it leaves the answer to n8n. */
	status: number | null;
	/** What the node itself answered; null where it leaves the answer to n8n. */
	body: unknown;
	/** The items with which an execution starts or goes on; null where none does. */
	items: INodeExecutionData[] | null;
	/** The headers that the node itself set, with lower-case names; undefined where it set none. */
	headers?: Record<string, string>;
}

/** Calls a trigger's webhook in n8n-core's own webhook context. */
export async function callWebhook({
	body,
	headers = {},
	runExecutionData,
	method = 'POST',
	query = {},
	mode = 'webhook',
	...setup
}: WebhookCall): Promise<WebhookAnswer> {
	const { workflow, node, additionalData } = prepareNode(setup);
	const answer: WebhookAnswer = { status: null, body: null, items: null };
	const webhookDescription = setup.node.description.webhooks![0]!;
	const context = new WebhookContext(
		workflow,
		node,
		{
			...additionalData,
			httpRequest: requestWith(node.typeVersion, method, query, body, headers),
			httpResponse: responseInto(answer),
		},
		mode,
		{
			httpMethod: method,
			node: node.name,
			path: node.webhookId!,
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
		},
		[],
		runExecutionData ?? null,
	);
	const { noWebhookResponse, webhookResponse, workflowData } =
		await setup.node.webhook!.call(context);
	if (!noWebhookResponse && webhookResponse !== undefined) answer.body = webhookResponse;
	answer.items = workflowData ? (workflowData[0] ?? []) : null;
	return answer;
}

// n8n hands a node the bytes, and beside them the charset and what its own parser makes of the body
function requestWith(
	typeVersion: number,
	method: string,
	query: Record<string, string | string[]>,
	body: Buffer | Error,
	headers: Record<string, string>,
): Request {
	const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
	const request = {
		method,
		headers: Object.fromEntries(lowerCase) as Record<string, string>,
		params: {},
		query,
		readRawBody: async () => {
			if (body instanceof Error) throw body;
			request.rawBody = body;
		},
	} as unknown as ParsedRequest;
	const [type, ...parameters] = String(request.headers['content-type'] ?? '').split(/;\s*/);
	const charset = parameters.find((parameter) => parameter.startsWith('charset='));
	if (type) {
		request.contentType = type.toLowerCase();
		request.encoding = (charset?.slice(8) ?? 'utf-8').toLowerCase() as BufferEncoding;
	}
	if (body instanceof Error || !isReadByN8n(typeVersion, request.contentType)) return request;
	return Object.assign(request, { rawBody: body, body: parsed(request, body) });
}

/** Whether n8n reads a body before it calls the node: of version 1 all but forms with files. */
function isReadByN8n(typeVersion: number, contentType = ''): boolean {
	if (typeVersion === 1) return !contentType.startsWith('multipart/');
	return /^application\/(json|x-www-form-urlencoded)|^text\/plain|[/+]xml$/.test(contentType);
}

function parsed({ contentType, encoding }: ParsedRequest, rawBody: Buffer): unknown {
	if (contentType !== 'application/json') return {};
	const text = rawBody.toString(encoding).replace(/^\ufeff/, '');
	// n8n itself refuses what is none, before the node sees it
	return jsonParse<unknown>(text, { fallbackValue: {} });
}

function responseInto(answer: WebhookAnswer): Response {
	const end = (body?: unknown) => {
		answer.status ??= 200;
		answer.body = body ?? null;
		return response;
	};
	const header = (name: string, value: string) => {
		answer.headers = { ...answer.headers, [name.toLowerCase()]: value };
		return response;
	};
	const response = {
		status: (status: number) => {
			answer.status = status;
			return response;
		},
		header,
		setHeader: header,
		type: () => response,
		json: end,
		send: end,
		end,
	};
	return response as unknown as Response;
}
