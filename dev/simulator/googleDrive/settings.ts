/** Everything about the simulated Google Drive that can be set. */
export interface GoogleDriveSettings {
	/** The OAuth client that is registered. */
	clientId: string;
	clientSecret: string;
	/** What the account's owner has granted; an empty one stands for a grant that was withdrawn. */
	refreshToken: string;
	/** How long an access token is good for, in seconds: an hour at Google's. */
	accessTokenSeconds: number;
}

/** The settings of a simulator that was told nothing. */
export const DEFAULT_SETTINGS: GoogleDriveSettings = {
	clientId: 'simulator.apps.googleusercontent.com',
	clientSecret: 'GOCSPX-simulator',
	refreshToken: '1//simulator-refresh-token',
	accessTokenSeconds: 3600,
};
