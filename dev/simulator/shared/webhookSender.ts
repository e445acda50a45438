/** One webhook as it goes over the wire. */
export interface Delivery {
	url: string;
	headers: Record<string, string>;
	/** The exact text that was signed. */
	body: string;
}

/** A webhook that is sent because it was asked for. What is left out is as the provider would send it. */
export interface AskedWebhook {
	/** The end of a job unless told; also a name that the provider does not know. */
	event?: string;
	/** Where to, if not where the provider would. */
	url?: string;
	/** Laid over the payload. */
	payload?: Record<string, unknown>;
	/** `forged`: made with another key; `missing`: no header of a signature. */
	signature?: 'valid' | 'forged' | 'missing';
	/** Moves the timestamp, e.g. -600 for an event that is ten minutes old; the signature fits it. */
	timestampOffsetSeconds?: number;
	/** Cuts the body in half, after it was signed. */
	truncated?: boolean;
	/** Sends the job's last delivery once more, byte for byte; nothing else is looked at. */
	replay?: boolean;
}

/** What became of a delivery: the receiver's status, or why there was none. */
export interface DeliveryOutcome {
	status: number | null;
	redirected: boolean;
	error: string | null;
}

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** Posts webhooks: a time limit, no retries, one redirect at most; it never leaves this machine. */
export class WebhookSender {
	private readonly stopping = new AbortController();

	/** @param timeoutSeconds how long a receiver may take to answer */
	constructor(private readonly timeoutSeconds: number) {}

	/** Sends once. Never throws: whatever goes wrong is in the outcome. */
	async send(delivery: Delivery): Promise<DeliveryOutcome> {
		let redirected = false;
		try {
			let response = await this.post(delivery, delivery.url);
			const location = response.headers.get('location');
			if (response.status >= 300 && response.status < 400 && location) {
				redirected = true;
				response = await this.post(delivery, new URL(location, delivery.url).href);
			}
			return { status: response.status, redirected, error: null };
		} catch (error) {
			return { status: null, redirected, error: reasonOf(error) };
		}
	}

	/** Ends deliveries that are still under way. */
	stop(): void {
		this.stopping.abort();
	}

	private async post(delivery: Delivery, url: string): Promise<Response> {
		if (!LOOPBACK_HOSTS.includes(new URL(url).hostname)) {
			throw new Error('The simulator sends webhooks to this machine only');
		}
		const response = await fetch(url, {
			method: 'POST',
			headers: delivery.headers,
			body: delivery.body,
			redirect: 'manual',
			signal: AbortSignal.any([
				AbortSignal.timeout(this.timeoutSeconds * 1000),
				this.stopping.signal,
			]),
		});
		// An unread answer would keep its connection busy.
		await response.arrayBuffer();
		return response;
	}
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
	return `${error.message}${cause}`;
}
