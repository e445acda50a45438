import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { credentialReader } from '../shared/core/credential';
import { deliveryOf, reject, rejectForged, respond } from '../shared/webhook/webhookReceiver';
import { objectOf, textsOf } from '../shared/core/wireValues';
import { triggerOf } from '../shared/core/triggerOf';
import { settled } from '../shared/core/settled';
import { accountOf } from './account';
import { webhookLimits } from './limits';
import { lookForAll } from './looking';
import { owe, oweAfterFailure, settle } from './owed';
import { dropbox } from './provider';
import { notificationFlaw } from './signature';

const CHANGED_SECRET_ADVICE =
	'the app secret may have been changed: enter the present one as Client Secret in the credential';

const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

/**
 * Takes what Dropbox sends: echoes the challenge by which it checks the address, and looks at the
 * folder when it says that something changed. It is answered at once, because Dropbox waits for ten
 * seconds at most (Dropbox webhooks guide).
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (context.getRequestObject().method === 'GET') return echo(context);
	const delivery = await deliveryOf(context);
	const readAppSecret = credentialReader(context, dropbox, 'clientSecret');
	const flaw = await notificationFlaw(readAppSecret, delivery);
	const { accounts } = objectOf(delivery.body.list_folder);
	if (flaw) rejectForged(context, flaw, CHANGED_SECRET_ADVICE);
	else if (!Array.isArray(accounts)) reject(context, 400, 'It names no accounts');
	if (flaw || !Array.isArray(accounts)) return ANSWERED;
	// a look that fails after the answer makes n8n cut the connection: nobody may use it again
	context.getResponseObject().header('Connection', 'close');
	respond(context, 200, { received: true });
	if (!(await isOurs(context, textsOf(accounts)))) return ANSWERED;
	// in the editor the node then polls for a sample by itself
	if (context.getMode() === 'manual') return { ...ANSWERED, workflowData: [[{ json: {} }]] };
	const items = await lookNow(context);
	return items.length > 0 ? { ...ANSWERED, workflowData: [items] } : ANSWERED;
}

/** What fails, and what is left over, is for the polls that come next. */
async function lookNow(context: IWebhookFunctions): Promise<INodeExecutionData[]> {
	const trigger = triggerOf(context);
	const outcome = await settled(lookForAll(context, webhookLimits(context)));
	if ('failure' in outcome) {
		oweAfterFailure(trigger);
		throw outcome.failure;
	}
	if (!outcome.value) return [];
	settle(trigger);
	if (outcome.value.isMoreLeft) owe(trigger);
	return outcome.value.items;
}

function echo(context: IWebhookFunctions): IWebhookResponseData {
	const { challenge } = objectOf(context.getQueryData());
	if (typeof challenge !== 'string') {
		reject(context, 400, 'It holds no challenge');
		return ANSWERED;
	}
	context
		.getResponseObject()
		.status(200)
		.header('Content-Type', 'text/plain')
		// or a browser might take the challenge for a page
		.header('X-Content-Type-Options', 'nosniff')
		.end(challenge);
	return ANSWERED;
}

async function isOurs(context: IWebhookFunctions, accounts: string[]): Promise<boolean> {
	const account = await accountOf(context);
	return account === null || accounts.includes(account);
}
