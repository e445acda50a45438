import {
	type PlayedAnswer,
	type PlayedRequest,
	type PlayedServer,
	playServer,
} from './playedServer';

/** A message in a channel. */
export interface PostedMessage {
	channel: string;
	text: string;
}

/**
 * One workspace of Slack with its channels, as its Web API has chat.postMessage
 * (https://docs.slack.dev/reference/methods/chat.postMessage): a refusal comes with the status 200.
 */
export class PlayedSlack {
	/** What was posted, the first first. */
	readonly posted: PostedMessage[] = [];

	private server!: PlayedServer;

	private constructor(
		private readonly token: string,
		private readonly channels: string[],
	) {}

	/** @param channels the names of those that the app is in, with their # */
	static async start(token: string, channels: string[]): Promise<PlayedSlack> {
		const slack = new PlayedSlack(token, channels);
		slack.server = await playServer((request) => slack.answer(request));
		return slack;
	}

	/** For startInterceptingProxy. */
	get hosts(): Record<string, string> {
		return { 'slack.com': this.server.url };
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}

	private answer({ method, path, headers, body }: PlayedRequest): PlayedAnswer {
		if (method !== 'POST' || path !== '/api/chat.postMessage') return refused('unknown_method');
		if (headers.authorization !== `Bearer ${this.token}`) return refused('invalid_auth');
		const channel = String(body.channel);
		const text = String(body.text ?? '');
		if (!this.channels.includes(channel)) return refused('channel_not_found');
		if (text.trim() === '') return refused('no_text');
		this.posted.push({ channel, text });
		const ts = `${Math.floor(Date.now() / 1000)}.${String(this.posted.length).padStart(6, '0')}`;
		return {
			body: { ok: true, channel: 'C0123456789', ts, message: { type: 'message', text, ts } },
		};
	}
}

function refused(error: string): PlayedAnswer {
	return { body: { ok: false, error } };
}
