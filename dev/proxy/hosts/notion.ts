import {
	type PlayedAnswer,
	type PlayedRequest,
	type PlayedServer,
	playServer,
} from './playedServer';

/** A page that was made. */
export interface MadePage {
	title: string;
	markdown: string;
}

/** Versions of the API in which a page's content may be Markdown. */
const VERSIONS = ['2026-03-11'];

/**
 * One workspace of Notion with a page that an integration may write below, as its API makes a page
 * (https://developers.notion.com/reference/post-page).
 */
export class PlayedNotion {
	/** What was made, the first first. */
	readonly pages: MadePage[] = [];

	private server!: PlayedServer;

	private constructor(
		private readonly secret: string,
		private readonly parent: string,
	) {}

	/** @param parent the id of the page that the integration is connected to, with its hyphens */
	static async start(secret: string, parent: string): Promise<PlayedNotion> {
		const notion = new PlayedNotion(secret, parent);
		notion.server = await playServer((request) => notion.answer(request));
		return notion;
	}

	/** For startInterceptingProxy. */
	get hosts(): Record<string, string> {
		return { 'api.notion.com': this.server.url };
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}

	private answer({ method, path, headers, body }: PlayedRequest): PlayedAnswer {
		if (method !== 'POST' || path !== '/v1/pages') return refused(400, 'invalid_request_url');
		if (headers.authorization !== `Bearer ${this.secret}`) return refused(401, 'unauthorized');
		if (!VERSIONS.includes(String(headers['notion-version']))) {
			return refused(400, 'missing_version');
		}
		const parent = (body.parent as { page_id?: string } | undefined)?.page_id ?? '';
		const title = titleIn(body.properties);
		if (withoutHyphens(parent) !== withoutHyphens(this.parent)) {
			return refused(404, 'object_not_found');
		}
		if (title === undefined || typeof body.markdown !== 'string' || 'children' in body) {
			return refused(400, 'validation_error');
		}
		this.pages.push({ title, markdown: body.markdown });
		const id = `00000000-0000-4000-8000-${String(this.pages.length).padStart(12, '0')}`;
		const written = { type: 'text', text: { content: title, link: null }, plain_text: title };
		return {
			body: {
				object: 'page',
				id,
				parent: { type: 'page_id', page_id: this.parent },
				properties: { title: { id: 'title', type: 'title', title: [written] } },
				url: `https://www.notion.so/${withoutHyphens(id)}`,
			},
		};
	}
}

const withoutHyphens = (id: string) => id.replaceAll('-', '');

/** The text of a title as it is written; undefined where there is none. */
function titleIn(properties: unknown): string | undefined {
	const { title } = (properties ?? {}) as { title?: Array<{ text?: { content?: string } }> };
	return Array.isArray(title) ? title[0]?.text?.content : undefined;
}

function refused(status: number, code: string): PlayedAnswer {
	return { status, body: { object: 'error', status, code, message: `Refused: ${code}` } };
}
