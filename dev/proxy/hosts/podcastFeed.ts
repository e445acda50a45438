import { type PlayedServer, playServer } from './playedServer';

/** An episode in a feed. */
export interface Episode {
	title: string;
	/** When it came out. */
	date: Date;
	/** Address of its recording; left out for an item that has none. */
	recording?: string;
}

/** A podcast's feed on a host of its own: RSS 2.0 (https://www.rssboard.org/rss-specification). */
export class PlayedPodcast {
	readonly episodes: Episode[] = [];

	private server!: PlayedServer;

	private constructor(private readonly host: string) {}

	static async start(host: string): Promise<PlayedPodcast> {
		const podcast = new PlayedPodcast(host);
		podcast.server = await playServer(({ path }) =>
			path === '/feed.xml'
				? { body: podcast.feed(), headers: { 'content-type': 'application/rss+xml' } }
				: { status: 404, body: 'Not found' },
		);
		return podcast;
	}

	/** For startInterceptingProxy. */
	get hosts(): Record<string, string> {
		return { [this.host]: this.server.url };
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}

	private feed(): string {
		const newestFirst = [...this.episodes].reverse();
		const items = newestFirst.map((episode) => this.item(episode)).join('');
		const channel = `<title>Talks</title><link>https://${this.host}/</link><description>Talks</description>`;
		return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>${channel}${items}</channel></rss>`;
	}

	private item({ title, date, recording }: Episode): string {
		const enclosure = recording
			? `<enclosure url="${escaped(recording)}" length="1000" type="audio/mpeg"/>`
			: '';
		const link = `https://${this.host}/${date.getTime()}`;
		return `<item><title>${escaped(title)}</title><link>${link}</link><guid>${link}</guid><pubDate>${date.toUTCString()}</pubDate>${enclosure}</item>`;
	}
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
