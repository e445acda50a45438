/** Everything about the simulated Dropbox that can be set. Times are seconds. */
export interface DropboxSettings {
	appKey: string;
	appSecret: string;
	/** Where an authorization may lead back to; null for any address. */
	redirectUris: string[] | null;
	/** What the app may ask for. */
	scopes: string[];
	accountId: string;
	/** How long an access token works. */
	tokenSeconds: number;
	/** Entries in a page of a listing, where the request asks for no fewer. */
	pageSize: number;
	/** How long a temporary link works. */
	linkSeconds: number;
	rateLimits: {
		/** Requests a window; null for none: Dropbox documents no numbers. */
		requests: number | null;
		windowSeconds: number;
	};
	webhooks: {
		/** The webhook URI of the app; null for none. */
		url: string | null;
		/** Whether each change is notified by itself. */
		automatic: boolean;
		timeoutSeconds: number;
		/** When a notification that was not answered with 2xx is sent again. */
		retrySeconds: number[];
	};
}

/** The settings of a simulator that was told nothing, by Dropbox's public documentation. */
export const DEFAULT_SETTINGS: DropboxSettings = {
	appKey: 'simulatorappkey',
	appSecret: 'simulatorappsecret',
	redirectUris: null,
	scopes: ['account_info.read', 'files.metadata.read', 'files.content.read', 'files.content.write'],
	accountId: 'dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc',
	tokenSeconds: 14_400,
	pageSize: 500,
	linkSeconds: 4 * 3600,
	rateLimits: { requests: null, windowSeconds: 60 },
	webhooks: { url: null, automatic: true, timeoutSeconds: 10, retrySeconds: [] },
};
