import { PlayedGoogleSheets } from '../../dev/proxy/hosts/googleSheets';
import { PlayedPodcast } from '../../dev/proxy/hosts/podcastFeed';
import { PlayedSlack } from '../../dev/proxy/hosts/slack';
import { PlayedTelegram } from '../../dev/proxy/hosts/telegram';
import type { NewCredential } from '../../dev/n8n/types';
import type { Simulator } from '../../dev/simulator/server';

const TELEGRAM_TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const SLACK_TOKEN = 'xoxb-played-workspace';
const GOOGLE_TOKEN = 'ya29.played-account';

/** Services that the starters write to and listen to, each with its credential. */
export class PlayedHosts {
	private constructor(
		readonly telegram: PlayedTelegram,
		readonly slack: PlayedSlack,
		readonly sheets: PlayedGoogleSheets,
		/** The feed at https://example.com/feed.xml, which the template names. */
		readonly podcast: PlayedPodcast,
	) {}

	static async start(): Promise<PlayedHosts> {
		return new PlayedHosts(
			await PlayedTelegram.start(TELEGRAM_TOKEN, 4711),
			await PlayedSlack.start(SLACK_TOKEN, ['#meetings']),
			await PlayedGoogleSheets.start(GOOGLE_TOKEN),
			await PlayedPodcast.start('example.com'),
		);
	}

	/** For the gallery: these hosts, and those of the simulator. */
	hosts({ dropbox, googleDrive }: Simulator): Record<string, string> {
		const played = [this.telegram, this.slack, this.sheets, this.podcast];
		return Object.assign(
			{},
			googleDrive.hosts,
			dropbox.hosts(),
			...played.map(({ hosts }) => hosts),
		);
	}

	get credentials(): NewCredential[] {
		const oauthTokenData = {
			access_token: GOOGLE_TOKEN,
			refresh_token: 'refresh',
			token_type: 'Bearer',
		};
		return [
			{ name: 'Telegram', type: 'telegramApi', data: { accessToken: TELEGRAM_TOKEN } },
			{ name: 'Slack', type: 'slackApi', data: { accessToken: SLACK_TOKEN } },
			{
				name: 'Google Sheets',
				type: 'googleSheetsOAuth2Api',
				data: { clientId: 'client', clientSecret: 'secret', oauthTokenData },
			},
		];
	}

	async stop(): Promise<void> {
		for (const host of [this.telegram, this.slack, this.sheets, this.podcast]) await host.stop();
	}
}
