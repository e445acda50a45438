import { createHmac, randomBytes } from 'node:crypto';
import { WebhookSender, type DeliveryOutcome } from '../shared/webhookSender';
import type { DropboxSettings } from './settings';

/** A notification that is sent because it was asked for. */
export interface AskedNotification {
	/** Where to, if not to the app's webhook URI. */
	url?: string;
	/** The accounts that it names, if not the simulated one. */
	accounts?: string[];
	/** `forged`: made with another secret; `missing`: no header. */
	signature?: 'valid' | 'forged' | 'missing';
	/** In place of the whole body. */
	body?: string;
}

/** How the check of a webhook URI went. */
export interface Verification {
	/** Whether Dropbox would take the address. */
	accepted: boolean;
	status: number | null;
	contentType: string | null;
	noSniff: boolean;
}

/** The signature of a notification: HMAC-SHA256 of its body with the app secret, in hex. */
export function signatureOf(appSecret: string, body: string | Buffer): string {
	return createHmac('sha256', appSecret).update(body).digest('hex');
}

/** Sends what Dropbox sends to an app's webhook URI (Dropbox webhooks guide). */
export class Notifications {
	private sender: WebhookSender;

	private counts = { sent: 0, accepted: 0, refused: 0, unanswered: 0, retried: 0 };

	private timers = new Set<NodeJS.Timeout>();

	constructor(private readonly settings: () => DropboxSettings) {
		this.sender = new WebhookSender(settings().webhooks.timeoutSeconds);
	}

	/** Tells the app that something changed; null where it has no webhook URI. */
	async send(asked: AskedNotification = {}): Promise<DeliveryOutcome | null> {
		const { webhooks, accountId, appSecret } = this.settings();
		const url = asked.url ?? webhooks.url;
		if (url === null) return null;
		const accounts = asked.accounts ?? [accountId];
		const users = accounts.map(() => 12_345_678);
		const body = asked.body ?? JSON.stringify({ list_folder: { accounts }, delta: { users } });
		const secret = asked.signature === 'forged' ? 'the secret of another app' : appSecret;
		const headers: Record<string, string> = { 'content-type': 'application/json' };
		if (asked.signature !== 'missing') headers['x-dropbox-signature'] = signatureOf(secret, body);
		return await this.deliver({ url, headers, body }, webhooks.retrySeconds);
	}

	/** Checks an address as Dropbox does when it is entered: it has to echo a challenge. */
	async verify(url: string): Promise<Verification> {
		const challenge = randomBytes(16).toString('base64url');
		const address = new URL(url);
		address.searchParams.set('challenge', challenge);
		const reply = await fetch(address, { redirect: 'manual' }).catch(() => null);
		const text = (await reply?.text()) ?? null;
		return {
			accepted: reply?.status === 200 && text === challenge,
			status: reply?.status ?? null,
			contentType: reply?.headers.get('content-type') ?? null,
			noSniff: reply?.headers.get('x-content-type-options') === 'nosniff',
		};
	}

	/** What became of the notifications so far. */
	statistics() {
		return { ...this.counts };
	}

	/** Ends what is under way and forgets the rest. */
	reset(): void {
		this.stop();
		this.sender = new WebhookSender(this.settings().webhooks.timeoutSeconds);
		this.counts = { sent: 0, accepted: 0, refused: 0, unanswered: 0, retried: 0 };
	}

	/** Ends what is under way. */
	stop(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.sender.stop();
	}

	private async deliver(
		delivery: { url: string; headers: Record<string, string>; body: string },
		[pause, ...later]: number[],
	): Promise<DeliveryOutcome> {
		this.counts.sent += 1;
		const outcome = await this.sender.send(delivery);
		if (outcome.status !== null && outcome.status >= 200 && outcome.status < 300) {
			this.counts.accepted += 1;
			return outcome;
		}
		if (outcome.status === null) this.counts.unanswered += 1;
		else this.counts.refused += 1;
		if (pause === undefined) return outcome;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			this.counts.retried += 1;
			void this.deliver(delivery, later);
		}, pause * 1000);
		this.timers.add(timer);
		return outcome;
	}
}
