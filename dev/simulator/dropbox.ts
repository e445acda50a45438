import type { FastifyPluginAsync } from 'fastify';
import { Account } from './dropbox/account';
import { useContentCalls, useLinks, useRemoteCalls } from './dropbox/calls';
import type { Metadata } from './dropbox/files';
import type { AskedNotification, Verification } from './dropbox/notifications';
import { authorize, useAuthorization, useTokens } from './dropbox/oauth';
import { useRequestRules } from './dropbox/requests';
import type { DropboxSettings } from './dropbox/settings';
import { AccountSimulator } from './shared/accountSimulator';
import type { PartialSettings } from './shared/settings';
import type { DeliveryOutcome } from './shared/webhookSender';

/** Dropbox on loopback: an account, an app that has access to it, and the app's webhook. */
export class DropboxSimulator extends AccountSimulator<Account> {
	readonly name = 'dropbox';

	readonly prefix = '/dropbox';

	readonly routes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<DropboxSettings> = {}) {
		super(new Account(settings));
		const { account } = this;
		this.routes = async (app) => {
			useRequestRules(app, account);
			await app.register(async (api) => useTokens(api, account), { prefix: '/api' });
			await app.register(async (api) => useRemoteCalls(api, account, () => this.baseUrl), {
				prefix: '/api',
			});
			await app.register(async (content) => useContentCalls(content, account), {
				prefix: '/content',
			});
			await app.register(async (www) => useAuthorization(www, account), { prefix: '/www' });
			await app.register(async (links) => useLinks(links, account), { prefix: '/links' });
		};
		this.controlRoutes = async (app) => {
			app.get('/files', async () => this.files());
			app.post<{ Body: { path: string; text?: string } }>('/add', async ({ body }) =>
				this.addFile(body.path, body.text),
			);
			app.post<{ Body: { path: string } }>('/delete', async ({ body }) => {
				this.deleteFile(body.path);
				return {};
			});
			app.post<{ Body: AskedNotification }>('/notify', async ({ body }) => await this.notify(body));
			app.post<{ Body: { url: string } }>(
				'/verify',
				async ({ body }) => await this.verify(body.url),
			);
			app.post('/expire-cursors', async () => {
				this.expireCursors();
				return {};
			});
			app.post('/expire-tokens', async () => {
				this.expireTokens();
				return {};
			});
		};
	}

	/** Where each of Dropbox's hosts is played, for an intercepting proxy. */
	hosts(): Record<string, string> {
		return {
			'api.dropboxapi.com': `${this.baseUrl}/api`,
			'content.dropboxapi.com': `${this.baseUrl}/content`,
			'www.dropbox.com': `${this.baseUrl}/www`,
		};
	}

	/** What the account's user does on the page that an app sends them to: agrees. Returns the code. */
	authorize(authorizationUrl: URL): string {
		return authorize(this.account, authorizationUrl.searchParams);
	}

	/** Tokens as if the app had been let in before, as n8n stores them. */
	tokens(): Record<string, unknown> {
		const { scopes, accountId, tokenSeconds } = this.settings;
		const grant = { scopes, isOffline: true, redirectUri: '', isExpired: false };
		const expiresAt = Date.now() + tokenSeconds * 1000;
		const { accessTokens, refreshTokens } = this.account;
		return {
			access_token: this.account.issue(accessTokens, 'sl.', { ...grant, expiresAt }),
			refresh_token: this.account.issue(refreshTokens, '', { ...grant, expiresAt: Infinity }),
			token_type: 'bearer',
			expires_in: tokenSeconds,
			scope: scopes.join(' '),
			account_id: accountId,
		};
	}

	/** Every file that is there now. */
	files(): Metadata[] {
		return this.account.files.list();
	}

	/** A file's bytes. Throws where there is none. */
	contentOf(path: string): Buffer {
		return this.account.files.findFile(path).bytes;
	}

	/** Puts a file there, or another revision of it, as its user does; the app is notified. */
	addFile(path: string, content: Buffer | string = path, more: Partial<Metadata> = {}): Metadata {
		const metadata = this.account.files.write(path, Buffer.from(content), more);
		this.account.changed();
		return metadata;
	}

	/** Puts a folder there; the app is notified. */
	addFolder(path: string): Metadata {
		const metadata = this.account.files.addFolder(path);
		this.account.changed();
		return metadata;
	}

	/** Moves a file; the app is notified. */
	moveFile(from: string, to: string): Metadata {
		const metadata = this.account.files.move(from, to);
		this.account.changed();
		return metadata;
	}

	/** Takes a file or folder away; the app is notified. */
	deleteFile(path: string): void {
		this.account.files.delete(path);
		this.account.changed();
	}

	/** Sends a notification that is asked for; null where the app has no webhook URI. */
	async notify(asked: AskedNotification = {}): Promise<DeliveryOutcome | null> {
		return await this.account.notifications.send(asked);
	}

	/** Checks a webhook URI as Dropbox does when it is entered, and from then on notifies it. */
	async verify(url: string): Promise<Verification> {
		const verification = await this.account.notifications.verify(url);
		if (verification.accepted) this.configure({ webhooks: { url } });
		return verification;
	}

	/** Makes every cursor that was handed out end in a reset. */
	expireCursors(): void {
		this.account.files.expireCursors();
	}

	/** Ends every access token; refresh tokens go on working. */
	expireTokens(): void {
		for (const grant of this.account.accessTokens.values()) grant.isExpired = true;
	}

	/** Takes the app's access away: no token works any more. */
	revoke(): void {
		this.expireTokens();
		this.account.refreshTokens.clear();
	}

	stop(): void {
		this.account.notifications.stop();
	}
}
