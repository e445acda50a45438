import { credentialTexts } from '../shared/core/credential';
import { objectOf, textOf } from '../shared/core/wireValues';
import type { TriggerContext, WatchedFolder } from './api';
import { dropbox } from './provider';

/** The id of the account that the credential is connected to; null where n8n does not know it. */
export async function accountOf(context: TriggerContext): Promise<string | null> {
	const { oauthTokenData } = await credentialTexts(context, dropbox);
	return textOf(objectOf(oauthTokenData).account_id);
}

/** What is watched: which folder of which account. */
export async function watchOf(context: TriggerContext, folder: WatchedFolder): Promise<string> {
	const account =
		(await accountOf(context)) ?? context.getNode().credentials?.[dropbox.credentialType]?.id;
	return JSON.stringify([account, folder.path.toLowerCase(), folder.recursive]);
}
