import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DropboxUploadTrigger } from '../../../nodes/DropboxUpload/DropboxUploadTrigger.node';
import { advanceSeconds, callWebhook, Listening } from '../harness';
import {
	ACCOUNT,
	api,
	content,
	credentials,
	fileEntry,
	namesOf,
	notificationOf,
	signatureOf,
} from './support';

/** What Dropbox answers in place of the truth: nothing at all, a status, or a code of its own. */
export type Trouble = 'away' | number | string;

/** A folder of Dropbox, over the wire; its cursors are places in the list of what was added. */
export class World {
	/** What was added, the first one first. */
	entries: IDataObject[] = [];
	pageSize = 2000;
	/** Requests for what changed. */
	looks = 0;
	/** What is the matter with looks. */
	trouble: Trouble | undefined;
	/** What is the matter with the download of files, by name. */
	readonly broken = new Map<string, Trouble>();
	/** Held back until it is resolved. */
	gate: Promise<void> | undefined;
	/** Pages of more and more, whatever is in the folder. */
	endless: ((cursor: string) => string) | undefined;
	/** How long a look takes. */
	secondsALook = 0;
	readonly downloads: string[] = [];

	constructor() {
		// nock tells the request by its `this`
		// eslint-disable-next-line @typescript-eslint/no-this-alias
		const self = this;
		const date = { date: 'Sun, 22 Nov 2026 12:00:00 GMT' };
		api()
			.persist()
			.post('/2/files/list_folder/get_latest_cursor')
			.optionally()
			.reply(200, () => ({ cursor: String(this.entries.length) }), date);
		api()
			.persist()
			.post('/2/files/list_folder/continue')
			.optionally()
			.reply(async (_uri, body) => await this.changes((body as { cursor: string }).cursor));
		content()
			.persist()
			.post('/2/files/download')
			.optionally()
			.reply(function () {
				const { path } = JSON.parse(this.req.headers['dropbox-api-arg']!) as { path: string };
				const name = path.replace('rev:rev-', '');
				self.downloads.push(name);
				const trouble = self.broken.get(name);
				return trouble === undefined ? [200, 'sound'] : answerTo(trouble);
			});
	}

	add(...names: string[]): void {
		this.entries.push(...names.map((name) => fileEntry(name)));
	}

	/** Adds files of which each was uploaded a second after the one before. */
	addMany(count: number): string[] {
		const names = Array.from(
			{ length: count },
			(_, number) => `${this.entries.length + number}.mp3`,
		);
		names.forEach((name, number) => {
			const time = new Date(Date.UTC(2026, 10, 22, 13, 0, number)).toISOString();
			this.entries.push(fileEntry(name, { server_modified: time }));
		});
		return names;
	}

	private async changes(cursor: string): Promise<[number, object]> {
		this.looks += 1;
		await this.gate;
		advanceSeconds(this.secondsALook);
		if (this.trouble !== undefined) return answerTo(this.trouble);
		if (this.endless) {
			return [200, { entries: [], cursor: this.endless(cursor), has_more: true }];
		}
		const end = Math.min(Number(cursor) + this.pageSize, this.entries.length);
		const entries = this.entries.slice(Number(cursor), end);
		return [200, { entries, cursor: String(end), has_more: end < this.entries.length }];
	}
}

function answerTo(trouble: Trouble): [number, object] {
	if (trouble === 'away') return [503, {}];
	if (typeof trouble === 'number') return [trouble, {}];
	return [409, { error_summary: `${trouble}/..`, error: { '.tag': trouble.split('/')[0]! } }];
}

/** The trigger in a workflow of n8n, with its polls and its webhook. */
export function workflow(parameters: INodeParameters = {}) {
	const setup = {
		node: new DropboxUploadTrigger(),
		credentials: credentials(),
		// limits a minute are counted by credential
		credentialId: randomUUID(),
		nodeId: randomUUID(),
		parameters: {
			folder: { __rl: true, mode: 'path', value: '/Recordings' },
			receive: 'webhook',
			download: 'none',
			...parameters,
		},
	};
	const n8n = new Listening(setup);
	// n8n loads the static data anew for each webhook, and stores it whole once that ended
	const notify = async () => {
		const body = notificationOf(ACCOUNT);
		const staticData = JSON.parse(JSON.stringify(n8n.stored)) as IDataObject;
		const headers = { 'X-Dropbox-Signature': signatureOf(body) };
		const { items } = await callWebhook({ ...setup, body, headers, staticData });
		n8n.stored = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		return namesOf(items) ?? [];
	};
	const names = () => namesOf(n8n.taken())!;
	return { n8n, notify, names };
}

/** The same, published while the folder was empty. */
export async function published(parameters: INodeParameters = {}) {
	const world = new World();
	const one = workflow(parameters);
	await one.n8n.publish();
	return { world, ...one };
}

/** A gate that holds something back. */
export function gate() {
	let open!: () => void;
	const closed = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { closed, open };
}
