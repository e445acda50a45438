import type { FastifyPluginAsync } from 'fastify';
import { Account } from './googleDrive/account';
import { useDocuments } from './googleDrive/documents';
import { type DriveFile, FOLDER_TYPE, type NewFile, shownFile } from './googleDrive/files';
import { useReading } from './googleDrive/reading';
import { useRequestRules } from './googleDrive/requests';
import type { GoogleDriveSettings } from './googleDrive/settings';
import { useTokens } from './googleDrive/tokens';
import { useWriting } from './googleDrive/writing';
import { AccountSimulator } from './shared/accountSimulator';
import type { PartialSettings } from './shared/settings';

const PLAYED_HOSTS = ['www.googleapis.com', 'oauth2.googleapis.com', 'docs.googleapis.com'];

/** Google Drive on loopback, for one account: its files, and the tokens to reach them. */
export class GoogleDriveSimulator extends AccountSimulator<Account> {
	readonly name = 'googleDrive';

	readonly prefix = '/googleDrive';

	readonly routes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<GoogleDriveSettings> = {}) {
		super(new Account(settings));
		this.routes = async (app) => {
			useRequestRules(app, this.account);
			useTokens(app, this.account);
			useReading(app, this.account);
			useWriting(app, this.account);
			useDocuments(app, this.account);
		};
		this.controlRoutes = async (app) => {
			app.get('/files', async () => this.files().map(shownFile));
		};
	}

	/** For startInterceptingProxy: Google's hosts, each played here. */
	get hosts(): Record<string, string> {
		return Object.fromEntries(PLAYED_HOSTS.map((host) => [host, this.baseUrl]));
	}

	/** What n8n keeps of an account that was connected: as after the consent screen. */
	get tokens(): Record<string, string | number> {
		const { refreshToken, accessTokenSeconds } = this.settings;
		return {
			access_token: this.account.issueToken(),
			refresh_token: refreshToken,
			scope: 'https://www.googleapis.com/auth/drive',
			token_type: 'Bearer',
			expires_in: accessTokenSeconds,
		};
	}

	/** Makes a folder, in the root unless told. */
	addFolder(name: string, parent?: string): DriveFile {
		return this.account.files.add({ name, parent, mimeType: FOLDER_TYPE });
	}

	/** Puts a file into the Drive, as a person does who uploads it. */
	addFile(file: NewFile): DriveFile {
		return this.account.files.add(file);
	}

	/** Every file and folder, oldest first. */
	files(): DriveFile[] {
		return this.account.files.all();
	}

	/** What lies in a folder, oldest first. */
	filesIn(folderId: string): DriveFile[] {
		return this.files().filter(({ parents }) => parents.includes(folderId));
	}

	/** Makes every access token too old, so that the next call has to get another. */
	expireTokens(): void {
		this.account.expireTokens();
	}

	stop(): void {
		this.account.uploads.reset();
	}
}
