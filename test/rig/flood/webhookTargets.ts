import { signatureOf as dropboxSignature } from '../../../dev/simulator/dropbox/notifications';
import { signatureHeaders } from '../../../dev/simulator/scriptivox/webhooks';
import { signatureOf as transcriptonSignature } from '../../../dev/simulator/transcripton/webhooks';

/** How a provider signs: which headers go with a body. */
export type Sign = (body: Buffer, key: string, sentAt: Date) => Record<string, string>;

/** A trigger or callback that is called. */
export interface Target {
	url: string;
	/** What the provider signs with. */
	key: string;
	sign: Sign;
	/** The name of the header with the signature. */
	signatureHeader: string;
	/** Whether the signature covers the time of sending. */
	isTimed: boolean;
	/** A genuine event about a job. */
	event(id: string, sentAt: Date): object;
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

/** As Scriptivox signs. */
export const scriptivoxSigns: Sign = (body, key, sentAt) =>
	signatureHeaders(key, String(seconds(sentAt)), body);

/** What Scriptivox calls: its trigger, or a parked execution. */
export function scriptivoxTarget(url: string, key: string): Target {
	return {
		url,
		key,
		sign: scriptivoxSigns,
		signatureHeader: 'x-scriptivox-signature',
		isTimed: true,
		event: (id) => ({ event: 'transcription.completed', transcription_id: id }),
	};
}

/** The trigger that Transcripton calls. */
export function transcriptonTarget(url: string, key: string): Target {
	return {
		url,
		key,
		sign: (body, secret) => ({ 'x-webhook-signature': transcriptonSignature(secret, body) }),
		signatureHeader: 'x-webhook-signature',
		isTimed: true,
		event: (id, sentAt) => ({
			event: 'job.done',
			data: { job_id: id, status: 'done', duration_sec: 60 },
			timestamp: seconds(sentAt),
		}),
	};
}

/**
 * The trigger that Dropbox calls; a notification names no file, and no time.
 *
 * @param account the ID of the one that it is about
 */
export function dropboxTarget(url: string, key: string, account: string): Target {
	return {
		url,
		key,
		sign: (body, secret) => ({ 'x-dropbox-signature': dropboxSignature(secret, body) }),
		signatureHeader: 'x-dropbox-signature',
		isTimed: false,
		event: () => ({ list_folder: { accounts: [account] }, delta: { users: [1] } }),
	};
}
