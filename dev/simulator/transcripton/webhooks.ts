import { createHmac } from 'node:crypto';
import {
	type AskedWebhook,
	type Delivery,
	type DeliveryOutcome,
	WebhookSender,
} from '../shared/webhookSender';
import { isSilentAboutEnd } from './fileNames';
import type { Job } from './jobs';
import type { TranscriptonSettings } from './settings';

/** An event that is sent because it was asked for; `job.done` unless told. */
export interface AskedEvent extends AskedWebhook {
	job_id: string;
}

/** One try, as GET /integrations/webhooks/deliveries lists it. */
export interface LoggedDelivery {
	id: number;
	event: string;
	job_id: string;
	attempt: number;
	response_status: number | null;
	success: boolean;
	created_at: string;
}

/**
 * The signature of a webhook, by the Transcripton webhook page: HMAC-SHA-256 over the raw body with
 * the secret as text, in lowercase hex.
 */
export function signatureOf(secret: string, body: string | Buffer): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}

/** Sends `job.done`, and again after each of the pauses until it is taken. */
export class Webhooks {
	private sender: WebhookSender;

	private lastDeliveries = new Map<string, Delivery>();

	private readonly timers = new Set<NodeJS.Timeout>();

	private log: LoggedDelivery[] = [];

	private counts = { sent: 0, accepted: 0, refused: 0, unanswered: 0, retried: 0, givenUp: 0 };

	constructor(private readonly settings: () => TranscriptonSettings) {
		this.sender = new WebhookSender(settings().webhooks.timeoutSeconds);
	}

	/** Sends the event of a job that is done, if the dashboard has a URL for it. */
	jobDone(job: Job): void {
		const { url } = this.settings().webhooks;
		if (!url || isSilentAboutEnd(job.fileName)) return;
		const body = this.bodyOf(job, {});
		void this.deliver(job, { url, body, headers: this.headersOf(body) }, 'job.done', 1);
	}

	/** Sends an event that was asked for, once. Throws an Error when there is nowhere to send it. */
	async send(job: Job, asked: AskedEvent): Promise<DeliveryOutcome> {
		const last = this.lastDeliveries.get(job.id);
		if (asked.replay) {
			if (!last) throw new Error('Nothing was delivered for this job yet');
			return await this.try(job, last, 'replay', 1);
		}
		const url = asked.url ?? this.settings().webhooks.url;
		if (!url) throw new Error('The dashboard has no webhook URL: give one as "url"');
		const body = this.bodyOf(job, asked);
		const secret = asked.signature === 'forged' ? 'of somebody else' : undefined;
		const headers =
			asked.signature === 'missing'
				? { 'content-type': 'application/json' }
				: this.headersOf(body, secret);
		const sentBody = asked.truncated ? body.slice(0, Math.floor(body.length / 2)) : body;
		return await this.try(job, { url, body: sentBody, headers }, asked.event ?? 'job.done', 1);
	}

	/** What became of the events so far. */
	statistics() {
		return { ...this.counts };
	}

	/** The last thousand tries, newest first. */
	deliveries(): LoggedDelivery[] {
		return [...this.log].reverse();
	}

	/** Ends what is under way and forgets the rest. */
	reset(): void {
		this.stop();
		this.sender = new WebhookSender(this.settings().webhooks.timeoutSeconds);
		this.lastDeliveries = new Map();
		this.log = [];
		this.counts = { sent: 0, accepted: 0, refused: 0, unanswered: 0, retried: 0, givenUp: 0 };
	}

	/** Ends tries that are still under way or to come. */
	stop(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.sender.stop();
	}

	private async deliver(job: Job, delivery: Delivery, event: string, attempt: number) {
		const { status } = await this.try(job, delivery, event, attempt);
		if (isTaken(status)) return;
		const pause = this.settings().webhooks.retrySeconds[attempt - 1];
		if (pause === undefined) {
			this.counts.givenUp += 1;
			return;
		}
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			this.counts.retried += 1;
			void this.deliver(job, delivery, event, attempt + 1);
		}, pause * 1000);
		timer.unref();
		this.timers.add(timer);
	}

	private async try(
		job: Job,
		delivery: Delivery,
		event: string,
		attempt: number,
	): Promise<DeliveryOutcome> {
		const { counts, log, sender } = this;
		counts.sent += 1;
		this.lastDeliveries.set(job.id, delivery);
		const outcome = await sender.send(delivery);
		const { status } = outcome;
		if (status === null) counts.unanswered += 1;
		else if (isTaken(status)) counts.accepted += 1;
		else counts.refused += 1;
		log.push({
			id: counts.sent,
			event,
			job_id: job.id,
			attempt,
			response_status: status,
			success: isTaken(status),
			created_at: new Date().toISOString(),
		});
		if (log.length > 1000) log.shift();
		return outcome;
	}

	private bodyOf(
		job: Job,
		{ event = 'job.done', payload, timestampOffsetSeconds }: Partial<AskedEvent>,
	) {
		return JSON.stringify({
			event,
			data: { job_id: job.id, status: job.status, duration_sec: job.durationSeconds },
			timestamp: Math.floor(Date.now() / 1000) + (timestampOffsetSeconds ?? 0),
			...payload,
		});
	}

	private headersOf(body: string, secret = this.settings().webhooks.secret) {
		return {
			'content-type': 'application/json',
			'x-webhook-signature': signatureOf(secret, body),
		};
	}
}

function isTaken(status: number | null): boolean {
	return status !== null && status >= 200 && status < 300;
}
