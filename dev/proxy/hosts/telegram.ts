import {
	type PlayedAnswer,
	type PlayedRequest,
	type PlayedServer,
	playServer,
} from './playedServer';

const LONGEST_MESSAGE = 4096;
const TAG = /<(\/?)(b|i|u|s|a|code|pre|tg-spoiler|blockquote)( [^<>]*)?>/g;
const SECRET_TOKEN = /^[\w-]{1,256}$/;

/** A message that the bot has sent. */
export interface SentMessage {
	chat_id: number;
	text: string;
	reply_to_message_id?: number;
}

/** What somebody sends the bot, beside chat and sender. */
export type IncomingMessage = Record<string, unknown>;

/** A refusal in the words of the Bot API. */
class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/**
 * One bot of Telegram, as the Bot API has it (https://core.telegram.org/bots/api): its webhook, its
 * files, and what it sends. Stricter than the original in nothing; an address without TLS is taken,
 * as n8n has none here.
 */
export class PlayedTelegram {
	/** What the bot has sent, the first first. */
	readonly sent: SentMessage[] = [];

	private readonly files = new Map<string, { path: string; bytes: Buffer }>();

	private webhook: { url: string; secret?: string } | undefined;

	private updates = 0;

	private server!: PlayedServer;

	private constructor(
		private readonly token: string,
		private readonly chatId: number,
	) {}

	/** @param token the bot's, as BotFather gives it */
	static async start(token: string, chatId: number): Promise<PlayedTelegram> {
		const telegram = new PlayedTelegram(token, chatId);
		telegram.server = await playServer((request) => telegram.answer(request));
		return telegram;
	}

	/** For startInterceptingProxy. */
	get hosts(): Record<string, string> {
		return { 'api.telegram.org': this.server.url };
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}

	/** Keeps a file; gives the ID by which a message names it. */
	addFile(path: string, bytes: Buffer): string {
		const id = `file-${this.files.size + 1}`;
		this.files.set(id, { path, bytes });
		return id;
	}

	/**
	 * Sends the bot a message, as a person does.
	 *
	 * @returns the message's number, and the status with which the webhook answered
	 * @throws Error where the bot has no webhook
	 */
	async send(message: IncomingMessage): Promise<{ messageId: number; status: number }> {
		if (!this.webhook) throw new Error('The bot has no webhook.');
		const messageId = ++this.updates;
		const person = { id: 7, is_bot: false, first_name: 'Ada' };
		const update = {
			update_id: 1000 + messageId,
			message: {
				message_id: messageId,
				date: Math.floor(Date.now() / 1000),
				chat: { id: this.chatId, type: 'private', first_name: 'Ada' },
				from: person,
				...message,
			},
		};
		const { url, secret } = this.webhook;
		const { status } = await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				connection: 'close',
				...(secret && { 'x-telegram-bot-api-secret-token': secret }),
			},
			body: JSON.stringify(update),
		});
		return { messageId, status };
	}

	private answer(request: PlayedRequest): PlayedAnswer {
		try {
			return this.answered(request);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const { status, message } = error;
			return { status, body: { ok: false, error_code: status, description: message } };
		}
	}

	private answered({ path, query, body }: PlayedRequest): PlayedAnswer {
		const [, folder, token, rest] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(path) ?? [];
		if (token !== this.token) throw new Refusal(401, 'Unauthorized');
		if (folder) return { body: this.fileAt(rest!).bytes };
		const parameters = { ...Object.fromEntries(query), ...body };
		return { body: { ok: true, result: this.call(rest!, parameters) } };
	}

	private call(method: string, parameters: Record<string, unknown>): unknown {
		switch (method) {
			case 'setWebhook':
				this.setWebhook(parameters);
				return true;
			case 'deleteWebhook':
				this.webhook = undefined;
				return true;
			case 'getWebhookInfo':
				return { url: this.webhook?.url ?? '', pending_update_count: 0 };
			case 'getFile':
				return this.getFile(String(parameters.file_id));
			case 'sendMessage':
				return this.sendMessage(parameters);
			default:
				throw new Refusal(404, 'Not Found');
		}
	}

	private setWebhook({ url, secret_token: secret }: Record<string, unknown>): void {
		if (typeof url !== 'string' || !URL.canParse(url)) {
			throw new Refusal(400, 'Bad Request: bad webhook: Invalid URL');
		}
		if (secret !== undefined && !SECRET_TOKEN.test(String(secret))) {
			throw new Refusal(400, 'Bad Request: secret token contains unallowed characters');
		}
		// a bot has one webhook: a later one takes the place of the first
		this.webhook = { url, ...(secret !== undefined && { secret: String(secret) }) };
	}

	private getFile(id: string): object {
		const file = this.files.get(id);
		if (!file) throw new Refusal(400, 'Bad Request: invalid file_id');
		const { path, bytes } = file;
		return { file_id: id, file_unique_id: id, file_size: bytes.length, file_path: path };
	}

	private fileAt(path: string): { bytes: Buffer } {
		const file = [...this.files.values()].find((each) => each.path === path);
		if (!file) throw new Refusal(404, 'Not Found');
		return file;
	}

	private sendMessage(parameters: Record<string, unknown>): object {
		const { text = '', parse_mode: mode, reply_to_message_id: replyTo } = parameters;
		if (Number(parameters.chat_id) !== this.chatId) {
			throw new Refusal(400, 'Bad Request: chat not found');
		}
		const shown = shownText(String(text), mode);
		if (shown.trim() === '') throw new Refusal(400, 'Bad Request: message text is empty');
		if (shown.length > LONGEST_MESSAGE) throw new Refusal(400, 'Bad Request: message is too long');
		this.sent.push({
			chat_id: this.chatId,
			text: shown,
			...(replyTo !== undefined && { reply_to_message_id: Number(replyTo) }),
		});
		return { message_id: 5000 + this.sent.length, chat: { id: this.chatId }, text: shown };
	}
}

/** The text as the person sees it, with its markup read. */
function shownText(text: string, mode: unknown): string {
	if (mode === undefined || mode === '') return text;
	if (mode !== 'HTML') {
		const marks = (text.match(/[*_`]/g) ?? []).length;
		if (marks % 2 === 1) throw new Refusal(400, "Bad Request: can't parse entities");
		return text.replace(/[*_`]/g, '');
	}
	const bare = text.replace(TAG, '');
	if (/<|&(?!(lt|gt|amp|quot|#\d+);)/.test(bare)) {
		throw new Refusal(400, "Bad Request: can't parse entities: Unsupported start tag");
	}
	return bare.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
