import { PlayedGoogleSheets } from '../../../dev/proxy/hosts/googleSheets';
import { Mailbox } from '../../../dev/proxy/hosts/mailbox';
import { PlayedNotion } from '../../../dev/proxy/hosts/notion';
import { PlayedPodcast } from '../../../dev/proxy/hosts/podcastFeed';
import { PlayedSlack } from '../../../dev/proxy/hosts/slack';
import { PlayedTelegram } from '../../../dev/proxy/hosts/telegram';
import type { NewCredential } from '../../../dev/n8n/types';
import type { Simulator } from '../../../dev/simulator/server';

const TELEGRAM_TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const SLACK_TOKEN = 'xoxb-played-workspace';
const GOOGLE_TOKEN = 'ya29.played-account';
const NOTION_SECRET = 'ntn_played_workspace';
const NOTION_PAGE = 'b4eeb113-e118-403a-a450-af65ac25f0b9';
const MAIL_LOGIN = { user: 'me@example.com', password: 'played-mail' };

/** Services that the starters write to and listen to, each with its credential. */
export class PlayedHosts {
	private constructor(
		readonly telegram: PlayedTelegram,
		readonly slack: PlayedSlack,
		readonly sheets: PlayedGoogleSheets,
		/** The feed at https://example.com/feed.xml, which the template names. */
		readonly podcast: PlayedPodcast,
		readonly notion: PlayedNotion,
		readonly mailbox: Mailbox,
	) {}

	static async start(): Promise<PlayedHosts> {
		return new PlayedHosts(
			await PlayedTelegram.start(TELEGRAM_TOKEN, 4711),
			await PlayedSlack.start(SLACK_TOKEN, ['#meetings']),
			await PlayedGoogleSheets.start(GOOGLE_TOKEN),
			await PlayedPodcast.start('example.com'),
			await PlayedNotion.start(NOTION_SECRET, NOTION_PAGE),
			await Mailbox.start(MAIL_LOGIN.user, MAIL_LOGIN.password),
		);
	}

	/** For the gallery: these hosts, and those of the simulator. */
	hosts({ dropbox, googleDrive }: Simulator): Record<string, string> {
		const played = [this.telegram, this.slack, this.sheets, this.podcast, this.notion];
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
			{ name: 'Notion', type: 'notionApi', data: { apiKey: NOTION_SECRET } },
			{
				name: 'Mail',
				type: 'smtp',
				data: { ...MAIL_LOGIN, host: '127.0.0.1', port: this.mailbox.port, secure: false },
			},
			{
				name: 'Google Sheets',
				type: 'googleSheetsOAuth2Api',
				data: { clientId: 'client', clientSecret: 'secret', oauthTokenData },
			},
		];
	}

	async stop(): Promise<void> {
		const { telegram, slack, sheets, podcast, notion, mailbox } = this;
		for (const host of [telegram, slack, sheets, podcast, notion, mailbox]) await host.stop();
	}
}
