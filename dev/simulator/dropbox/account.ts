import { randomBytes } from 'node:crypto';
import { FaultQueue } from '../shared/faults';
import { RateLimiter } from '../shared/rateLimiter';
import { RequestCounts } from '../shared/requestCounts';
import { withSettings, type PartialSettings } from '../shared/settings';
import { errorBody } from './errors';
import { Files } from './files';
import { Notifications } from './notifications';
import { DEFAULT_SETTINGS, type DropboxSettings } from './settings';

/** Dropbox's calls, as statistics and faults name them. */
export const ENDPOINTS = {
	authorize: 'GET /oauth2/authorize',
	token: 'POST /oauth2/token',
	account: 'POST /users/get_current_account',
	list: 'POST /files/list_folder',
	further: 'POST /files/list_folder/continue',
	latestCursor: 'POST /files/list_folder/get_latest_cursor',
	metadata: 'POST /files/get_metadata',
	link: 'POST /files/get_temporary_link',
	download: 'POST /files/download',
	upload: 'POST /files/upload',
	followLink: 'GET /links/{id}',
} as const;

/** What an access token, a refresh token or a code stands for. */
export interface Grant {
	scopes: string[];
	isOffline: boolean;
	redirectUri: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
	isExpired: boolean;
}

/** What the simulated Dropbox knows and counts. */
export class Account {
	settings: DropboxSettings = DEFAULT_SETTINGS;

	readonly files = new Files(() => this.settings.pageSize);

	readonly notifications = new Notifications(() => this.settings);

	readonly limiter = new RateLimiter();

	readonly counts = new RequestCounts();

	readonly faults = new FaultQueue(Object.values(ENDPOINTS));

	readonly codes = new Map<string, Grant>();

	readonly accessTokens = new Map<string, Grant>();

	readonly refreshTokens = new Map<string, Grant>();

	/** Temporary links: the revision that each leads to. */
	readonly links = new Map<string, { rev: string; expiresAt: number }>();

	readonly errorBody = errorBody;

	tally = emptyTally();

	private readonly firstSettings: DropboxSettings;

	/** @param changes what differs from the default settings, for the account's whole life */
	constructor(changes: PartialSettings<DropboxSettings>) {
		this.firstSettings = withSettings(DEFAULT_SETTINGS, changes);
		this.settings = this.firstSettings;
	}

	/** Changes settings. Throws an Error on an unknown one. */
	configure(changes: PartialSettings<DropboxSettings>): void {
		this.settings = withSettings(this.settings, changes);
	}

	/** Something changed: tells the app, where that is wanted. */
	changed(): void {
		if (this.settings.webhooks.automatic) void this.notifications.send();
	}

	/** A new token, of which the grant is kept. */
	issue(tokens: Map<string, Grant>, prefix: string, grant: Grant): string {
		const token = prefix + randomBytes(24).toString('base64url');
		tokens.set(token, grant);
		return token;
	}

	/** All counts, ready for JSON. */
	statistics() {
		return {
			...this.counts.snapshot(),
			...this.tally,
			files: this.files.list().length,
			webhooks: this.notifications.statistics(),
		};
	}

	/** Back to how it started; tokens stay good, because credentials hold them. */
	reset(): void {
		this.settings = this.firstSettings;
		this.files.reset();
		this.notifications.reset();
		this.limiter.reset();
		this.counts.reset();
		this.faults.reset();
		this.links.clear();
		this.tally = emptyTally();
	}
}

function emptyTally() {
	return {
		downloads: 0,
		bytesDownloaded: 0,
		uploads: 0,
		bytesUploaded: 0,
		tokensRefreshed: 0,
		/** Requests that carried a token in their address. */
		tokensSeenInUrls: 0,
	};
}
