import { createHash, createHmac } from 'node:crypto';
import {
	type AskedWebhook,
	type Delivery,
	type DeliveryOutcome,
	WebhookSender,
} from '../shared/webhookSender';
import { webhookNamed } from './fileNames';
import { transcriptRequestOf, type Job } from './jobs';
import type { ScriptivoxSettings } from './settings';
import { transcriptOf } from './transcript';

/** An event that is sent because it was asked for; `transcription.completed` unless told. */
export interface AskedEvent extends AskedWebhook {
	transcription_id: string;
}

/** One line of the webhook log. */
export interface LoggedDelivery extends DeliveryOutcome {
	event: string;
	transcriptionId: string;
	url: string;
}

/**
 * The headers of a webhook, by the Scriptivox webhook page: the key is the SHA-256 of the API key
 * as lowercase hex text, the message is the timestamp, a dot and the raw body.
 */
export function signatureHeaders(
	apiKey: string,
	timestamp: string,
	body: string | Buffer,
): Record<string, string> {
	const signingKey = createHash('sha256').update(apiKey).digest('hex');
	const signature = createHmac('sha256', signingKey)
		.update(`${timestamp}.`)
		.update(body)
		.digest('hex');
	return { 'x-scriptivox-signature': signature, 'x-scriptivox-timestamp': timestamp };
}

/** Sends a job's events: once each, without retries. */
export class Webhooks {
	private sender: WebhookSender;

	private lastDeliveries = new Map<string, Delivery>();

	private events = 0;

	private log: LoggedDelivery[] = [];

	private counts = { sent: 0, accepted: 0, refused: 0, unanswered: 0, dropped: 0, redirected: 0 };

	constructor(private readonly settings: () => ScriptivoxSettings) {
		this.sender = new WebhookSender(settings().webhooks.timeoutSeconds);
	}

	/** Sends the event of the status that a job has just entered, if there is one. */
	statusChanged(job: Job): void {
		const event = EVENTS[job.status];
		const url = job.webhookUrl ?? this.settings().webhooks.defaultUrl;
		if (!event || !url) return;
		this.events += 1;
		if (webhookNamed(job.fileName) === 'none' || this.isDropped()) {
			this.counts.dropped += 1;
			return;
		}
		const body = JSON.stringify(this.payload(job, event));
		void this.deliver(job, event, { url, body, headers: this.headers(job.apiKey, body) });
	}

	/** Sends an event that was asked for. Throws an Error when there is nowhere to send it. */
	async send(job: Job, asked: AskedEvent): Promise<DeliveryOutcome> {
		const last = this.lastDeliveries.get(job.id);
		if (asked.replay) {
			if (!last) throw new Error('Nothing was delivered for this transcription yet');
			return await this.deliver(job, 'replay', last);
		}
		const url = asked.url ?? job.webhookUrl ?? this.settings().webhooks.defaultUrl;
		if (!url) throw new Error('The transcription has no webhook URL: give one as "url"');
		const event = asked.event ?? 'transcription.completed';
		const body = JSON.stringify({ ...this.payload(job, event), ...asked.payload });
		const apiKey = asked.signature === 'forged' ? 'sk_live_of_somebody_else' : job.apiKey;
		const headers =
			asked.signature === 'missing'
				? { 'content-type': 'application/json' }
				: this.headers(apiKey, body, asked.timestampOffsetSeconds);
		const sentBody = asked.truncated ? body.slice(0, Math.floor(body.length / 2)) : body;
		return await this.deliver(job, event, { url, body: sentBody, headers });
	}

	/** What became of the events so far. */
	statistics() {
		return { ...this.counts };
	}

	/** The last thousand deliveries, oldest first. */
	deliveries(): LoggedDelivery[] {
		return [...this.log];
	}

	/** Ends what is under way and forgets the rest. */
	reset(): void {
		this.stop();
		this.sender = new WebhookSender(this.settings().webhooks.timeoutSeconds);
		this.lastDeliveries = new Map();
		this.events = 0;
		this.log = [];
		this.counts = { sent: 0, accepted: 0, refused: 0, unanswered: 0, dropped: 0, redirected: 0 };
	}

	/** Ends deliveries that are still under way. */
	stop(): void {
		this.sender.stop();
	}

	private async deliver(job: Job, event: string, delivery: Delivery): Promise<DeliveryOutcome> {
		const { counts, log } = this;
		counts.sent += 1;
		this.lastDeliveries.set(job.id, delivery);
		const outcome = await this.sender.send(delivery);
		if (outcome.redirected) counts.redirected += 1;
		if (outcome.status === null) counts.unanswered += 1;
		else if (outcome.status >= 200 && outcome.status < 300) counts.accepted += 1;
		else counts.refused += 1;
		log.push({ event, transcriptionId: job.id, url: delivery.url, ...outcome });
		if (log.length > 1000) log.shift();
		return outcome;
	}

	private headers(apiKey: string, body: string, offsetSeconds = 0): Record<string, string> {
		const { clockOffsetSeconds } = this.settings().webhooks;
		const signedAt = Math.floor(Date.now() / 1000) + clockOffsetSeconds + offsetSeconds;
		return {
			'content-type': 'application/json',
			...signatureHeaders(apiKey, String(signedAt), body),
		};
	}

	private payload(job: Job, event: string): Record<string, unknown> {
		const common = { event, transcription_id: job.id, status: job.status };
		if (event === 'transcription.failed') return { ...common, error: job.error };
		const costs = { duration_seconds: job.durationSeconds, cost_cents: job.costCents };
		if (event !== 'transcription.completed') return { ...common, ...costs };
		const withResult = this.settings().webhooks.withResult && webhookNamed(job.fileName) !== 'bare';
		if (!withResult) return { ...common, ...costs };
		const { full_transcript } = transcriptOf(transcriptRequestOf(job));
		return { ...common, ...costs, result: { full_transcript } };
	}

	private isDropped(): boolean {
		const { seed, droppedShare } = this.settings().webhooks;
		const digest = createHash('sha256').update(`${seed}:${this.events}`).digest();
		return digest.readUInt32BE(0) / 2 ** 32 < droppedShare;
	}
}

const EVENTS: Partial<Record<Job['status'], string>> = {
	processing: 'transcription.processing',
	completed: 'transcription.completed',
	failed: 'transcription.failed',
};
