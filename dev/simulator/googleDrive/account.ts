import { randomBytes } from 'node:crypto';
import { FaultQueue } from '../shared/faults';
import { RequestCounts } from '../shared/requestCounts';
import { withSettings, type PartialSettings } from '../shared/settings';
import { ENDPOINTS } from './endpoints';
import { unauthenticated } from './errors';
import { Files } from './files';
import { DEFAULT_SETTINGS, type GoogleDriveSettings } from './settings';
import { Uploads } from './uploadSessions';

/** The one Google account: its Drive, its tokens, and what was asked of it. */
export class Account {
	settings: GoogleDriveSettings;

	readonly files = new Files();

	readonly uploads = new Uploads();

	readonly counts = new RequestCounts();

	readonly faults = new FaultQueue(Object.values(ENDPOINTS));

	/** Times that a file's bytes were downloaded, by its id. */
	readonly downloads = new Map<string, number>();

	/** Requests that carried a token in their address. */
	tokensSeenInUrls = 0;

	/** Until when each access token is good, in Unix milliseconds. */
	private readonly tokens = new Map<string, number>();

	private readonly firstSettings: GoogleDriveSettings;

	/** @param changes what differs from the default settings, for the account's whole life */
	constructor(changes: PartialSettings<GoogleDriveSettings>) {
		this.firstSettings = withSettings(DEFAULT_SETTINGS, changes);
		this.settings = this.firstSettings;
	}

	/** Changes settings. Throws an Error on an unknown one. */
	configure(changes: PartialSettings<GoogleDriveSettings>): void {
		this.settings = withSettings(this.settings, changes);
	}

	/** A new access token. */
	issueToken(): string {
		const token = `ya29.${randomBytes(24).toString('base64url')}`;
		this.tokens.set(token, Date.now() + this.settings.accessTokenSeconds * 1000);
		return token;
	}

	/** Makes every access token too old, so that the next call has to get another. */
	expireTokens(): void {
		this.tokens.clear();
	}

	/** Throws a Refusal (401) unless a header `Authorization` carries a token that is good. */
	authenticate(authorization: string | undefined): void {
		const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
		if ((this.tokens.get(token) ?? 0) < Date.now()) throw unauthenticated();
	}

	/** All counts, ready for JSON. */
	statistics() {
		const downloads = [...this.downloads.values()];
		return {
			...this.counts.snapshot(),
			files: this.files.all().length,
			uploadedFiles: this.uploads.finished,
			downloads: downloads.reduce((sum, count) => sum + count, 0),
			repeatedDownloads: downloads.filter((count) => count > 1).length,
			tokensSeenInUrls: this.tokensSeenInUrls,
		};
	}

	/** Back to how it started. */
	reset(): void {
		this.settings = this.firstSettings;
		this.files.reset();
		this.uploads.reset();
		this.counts.reset();
		this.faults.reset();
		this.downloads.clear();
		this.tokens.clear();
		this.tokensSeenInUrls = 0;
	}
}
