import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool as it is offered to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, { type: string }>; required?: string[] };
}

/** A message of the conversation as the model receives it. */
export interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: unknown;
	tool_call_id?: string;
}

/** What the model says next: calls of tools, each by its name with its arguments, or a text. */
export type Turn = string | Record<string, object>;

/** What the model is asked: the whole conversation so far, and the tools that it may call. */
export interface Request {
	messages: Message[];
	tools: OfferedTool[];
}

interface Wire {
	messages: Message[];
	tools?: Array<{ function: OfferedTool }>;
}

/**
 * A chat model that says what a test tells it to, by OpenAI's chat completions protocol
 * (https://platform.openai.com/docs/api-reference/chat). Like the original it wants a key, and each
 * call of a tool answered before it is asked again.
 */
export class ScriptedChatModel {
	/** All that it was asked, in order. */
	readonly requests: Request[] = [];

	private script: Array<(request: Request) => Turn> = [];

	private calls = 0;

	private constructor(private readonly server: Server) {}

	static async start(): Promise<ScriptedChatModel> {
		const server = createServer();
		const model = new ScriptedChatModel(server);
		server.on('request', (request, response) => {
			void model.answer(request).then(({ status, body }) => {
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(JSON.stringify(body));
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return model;
	}

	/** Where it is, e.g. http://127.0.0.1:40123. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Forgets what it was asked, and says these next; a function is given what it is asked. */
	say(...turns: Array<Turn | ((request: Request) => Turn)>): void {
		this.requests.length = 0;
		this.script = turns.map((turn) => (typeof turn === 'function' ? turn : () => turn));
	}

	/** What the tools answered in the conversation so far, in order. */
	toolAnswers(): string[] {
		const { messages } = this.requests.at(-1) ?? { messages: [] };
		return messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
			return refusal(404, `Unknown request URL: ${request.method} ${request.url}`);
		}
		if (!request.headers.authorization?.startsWith('Bearer ')) {
			return refusal(401, 'You did not provide an API key.');
		}
		const { messages, tools = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Wire;
		const asked = { messages, tools: tools.map((tool) => tool.function) };
		this.requests.push(asked);
		const turn = this.script.shift();
		if (!turn) return refusal(400, 'The script is at its end.');
		return { status: 200, body: this.completion(turn(asked)) };
	}

	private completion(turn: Turn): object {
		const text = typeof turn === 'string' ? turn : null;
		const calls = Object.entries(text === null ? turn : {}).map(([name, values]) => ({
			id: `call_${++this.calls}`,
			type: 'function',
			function: { name, arguments: JSON.stringify(values) },
		}));
		const message = {
			role: 'assistant',
			content: text,
			...(calls.length > 0 && { tool_calls: calls }),
		};
		const finish_reason = calls.length > 0 ? 'tool_calls' : 'stop';
		return {
			id: `chatcmpl-${this.requests.length}`,
			object: 'chat.completion',
			created: 1_790_000_000,
			model: 'gpt-5-mini',
			choices: [{ index: 0, message, finish_reason, logprobs: null }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	}
}

function refusal(status: number, message: string): { status: number; body: object } {
	return { status, body: { error: { message, type: 'invalid_request_error', code: null } } };
}
