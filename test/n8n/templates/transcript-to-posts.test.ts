import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { DataTableRow } from '../../../dev/n8n/types';
import { Gallery, type ImportOptions } from '../../rig/templates/gallery';
import { until } from '../../rig/basics/until';

const NAME = 'transcript-to-posts';
const PROJECT = 'proj_personal';
const TABLE = `Transcript to posts ${PROJECT}`;

interface Decision {
	post?: string;
	decision: 'Approve' | 'Reject';
	note?: string;
}

/** A chat's incoming webhook. */
class Chat {
	readonly messages: string[] = [];

	private readonly server: Server = createServer((request, response) => {
		void textOf(request).then((body) => {
			this.messages.push((JSON.parse(body) as { text: string }).text);
			response.end('ok');
		});
	});

	async start(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/incoming`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

describe('the template Transcript to posts', () => {
	let gallery: Gallery;
	let chat: Chat;
	let messageUrl: string;
	let workflowId: string;
	let webhookUrl: string;
	let formUrl: string;

	beforeAll(async () => {
		chat = new Chat();
		messageUrl = await chat.start();
		gallery = await Gallery.start();
	});

	afterEach(async () => {
		await gallery.n8n.client.unpublishWorkflow(workflowId);
		for (const { id } of await gallery.n8n.client.executions.newest(workflowId)) {
			await gallery.n8n.client.executions.stop(id).catch(() => undefined);
		}
		chat.messages.length = 0;
		gallery.simulator.reset();
	});

	afterAll(async () => {
		await gallery?.stop();
		await chat?.stop();
	});

	/** A copy of the template of its own, as n8n's editor makes one: with its own addresses. */
	async function publish(
		settings: ImportOptions['settings'] = {},
		seconds?: number,
	): Promise<void> {
		workflowId = await gallery.publishTemplate(NAME, {
			settings: { projectId: PROJECT, messageUrl, ...settings },
			secondsBetween: seconds === undefined ? {} : { 'Every 2 Minutes': seconds },
			edit: ({ nodes }) => {
				for (const node of nodes) if (node.webhookId) node.webhookId = randomUUID();
			},
		});
		const { nodes } = await gallery.n8n.client.workflow(workflowId);
		const idOf = (name: string) => nodes.find((node) => node.name === name)!.webhookId;
		webhookUrl = `${gallery.n8n.url}/webhook/${idOf('When a Transcription Ends')}/webhook`;
		formUrl = `${gallery.n8n.url}/form/${idOf('Try It')}`;
	}

	/** Starts a transcription whose events go to the trigger; gives its id. */
	async function transcribe(fileName: string): Promise<string> {
		const { baseUrl, apiKey } = gallery.simulator.scriptivox;
		const body = { url: `https://recordings.example/${fileName}`, webhook_url: webhookUrl };
		const response = await fetch(`${baseUrl}/transcribe`, {
			method: 'POST',
			headers: { Authorization: apiKey, 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
		return ((await response.json()) as { id: string }).id;
	}

	async function rowsOf(transcriptionId: string): Promise<DataTableRow[]> {
		const rows = await gallery.rows(TABLE);
		return rows.filter((row) => row.transcriptionId === transcriptionId);
	}

	/** The transcription's row, once it is in that state. */
	async function rowIn(state: string, transcriptionId: string): Promise<DataTableRow> {
		let found: DataTableRow | undefined;
		await until(`${transcriptionId} is ${state}`, async () => {
			found = (await rowsOf(transcriptionId)).find((row) => row.state === state);
			return found !== undefined;
		});
		return found!;
	}

	async function waiting(transcriptionId: string): Promise<DataTableRow> {
		const row = await rowIn('waiting', transcriptionId);
		await until('The execution waits', async () => {
			const executions = await gallery.n8n.client.executions.newest(workflowId);
			return executions.some(({ id, status }) => id === row.owner && status === 'waiting');
		});
		return row;
	}

	/** Submits the approval form as a browser does, with the draft in it unless it was changed. */
	async function decide(row: DataTableRow, { post, decision, note = '' }: Decision) {
		const form = new FormData();
		form.append('field-0', (post ?? String(row.post)).replace(/\n/g, '\r\n'));
		form.append('field-1', decision);
		form.append('field-2', note);
		return await fetch(String(row.approvalUrl), { method: 'POST', body: form });
	}

	/** Submits the form Try It; gives the address that the browser goes on to. */
	async function tryIt(recording: string): Promise<string | undefined> {
		const form = new FormData();
		form.append('field-0', recording);
		const response = await fetch(formUrl, { method: 'POST', body: form });
		return ((await response.json()) as { formWaitingUrl?: string }).formWaitingUrl;
	}

	async function endOf(executionId: unknown) {
		return await gallery.n8n.client.executions.end(String(executionId));
	}

	const scripe = () => gallery.simulator.scripe;
	const transcriptOf = (id: string) =>
		gallery.simulator.scripe.sources().find(({ name }) => name === `Transcript ${id}`)?.text;

	it('makes a source and a draft of a transcript, tells somebody, and keeps what is approved', async () => {
		await publish();
		const id = await transcribe('talk.mp3');
		const row = await waiting(id);

		expect(transcriptOf(id)).toMatch(/\w+ \w+/);
		expect(scripe().posts()).toMatchObject([
			{ id: row.postId, status: 'draft', content: row.post, projectId: PROJECT },
		]);
		expect(scripe().sources()).toMatchObject([{ id: row.sourceId, projectId: PROJECT }]);
		expect(chat.messages).toHaveLength(1);
		expect(chat.messages[0]).toContain(row.approvalUrl);
		expect(await (await fetch(String(row.approvalUrl))).text()).toContain(row.post);

		expect((await decide(row, { decision: 'Approve', note: 'Well said' })).status).toBe(200);

		expect(await rowIn('approved', id)).toMatchObject({
			postId: row.postId,
			post: row.post,
			note: 'Well said',
			decidedAt: expect.any(Number) as number,
		});
		expect((await endOf(row.owner)).status).toBe('success');
		expect(scripe().posts()).toHaveLength(1);
	});

	it('saves what the person made of the draft as a new draft, once', async () => {
		await publish();
		const id = await transcribe('talk.mp3');
		const row = await waiting(id);
		const post = 'Shorter:\n\nthree things 🌱 "we" learned.';

		await decide(row, { decision: 'Approve', post });

		const approved = await rowIn('approved', id);
		const [first, second, ...others] = scripe().posts();
		expect(first).toMatchObject({ id: row.postId, status: 'draft' });
		expect(second).toMatchObject({ id: approved.postId, status: 'draft', projectId: PROJECT });
		expect(String(second!.content).replace(/\r\n/g, '\n')).toBe(post);
		expect(others).toEqual([]);
	});

	it('notes a rejection, and makes nothing more', async () => {
		await publish();
		const id = await transcribe('talk.mp3');
		const row = await waiting(id);

		await decide(row, { decision: 'Reject', post: 'Changed too', note: 'Off topic' });

		expect(await rowIn('rejected', id)).toMatchObject({ note: 'Off topic', postId: row.postId });
		expect((await endOf(row.owner)).status).toBe('success');
		expect(scripe().posts()).toHaveLength(1);
	});

	it('pays for one draft, however often it is told of a transcription', async () => {
		await publish();
		const id = await transcribe('talk.mp3');
		const row = await waiting(id);

		await gallery.simulator.scriptivox.sendEvent({ transcription_id: id, replay: true });
		await gallery.simulator.scriptivox.sendEvent({ transcription_id: id });
		await tryIt(id);
		await tryIt(` ${id.toUpperCase()} `);
		await until('Each form has run', async () => {
			const executions = await gallery.n8n.client.executions.newest(workflowId);
			return executions.filter(({ status }) => status === 'success').length === 2;
		});

		expect(await rowsOf(id)).toMatchObject([{ id: row.id, state: 'waiting', owner: row.owner }]);
		expect(scripe().jobs()).toHaveLength(1);
		expect(scripe().sources()).toHaveLength(1);
		expect(chat.messages).toHaveLength(1);
	});

	it('goes on with what 0.1.0 has left: its half-made drafts, and the forms of its workflow', async () => {
		await publish();
		const old = workflowId;
		const draft = await waiting(await transcribe('draft.mp3'));
		const paid = await transcribe('half-made.mp3');
		const made = await waiting(paid);
		const { client } = gallery.n8n;
		const table = (await client.tables.named(TABLE))!;
		// as a run leaves it that dies behind the source and the post, of which it notes nothing before
		await client.executions.stop(String(made.owner));
		const left = { state: 'claimed', owner: '1', claimedAt: 1, sourceId: '', postId: '', post: '' };
		await client.tables.updateRow(table.id, made.id, left);
		await client.unpublishWorkflow(old);

		await publish({ takeOverMinutes: 0.1 }, 2);
		const again = await waiting(paid);
		expect(again).toMatchObject({ id: made.id, sourceId: made.sourceId, postId: made.postId });
		for (const row of [draft, again]) await decide(row, { decision: 'Approve' });
		await rowIn('approved', String(draft.transcriptionId));
		await rowIn('approved', paid);

		expect(scripe().sources()).toHaveLength(2);
		expect(scripe().posts()).toHaveLength(2);
	});

	it('waits over a crash of n8n', async () => {
		await publish();
		const id = await transcribe('talk.mp3');
		const row = await waiting(id);

		await gallery.crash();
		await decide(row, { decision: 'Approve' });

		await rowIn('approved', id);
		expect((await endOf(row.owner)).status).toBe('success');
		expect(scripe().jobs()).toHaveLength(1);
	});

	it('goes on with a draft that a crash interrupted, and pays for it once', async () => {
		await publish({ takeOverMinutes: 0.1 }, 2);
		scripe().configure({ stages: { runningSeconds: 5 } });
		const id = await transcribe('talk.mp3');
		await until('A draft is being written', () => scripe().jobs().length === 1);

		await gallery.n8n.kill();
		await gallery.n8n.resume();
		const row = await waiting(id);
		await decide(row, { decision: 'Approve' });

		await rowIn('approved', id);
		expect(await rowsOf(id)).toHaveLength(1);
		expect(scripe().jobs()).toHaveLength(1);
		expect(scripe().posts()).toHaveLength(1);
		expect(scripe().sources()).toHaveLength(1);
	});

	it('takes a link from its form, and leads the browser on to the approval', async () => {
		await publish({ messageUrl: '' });

		const next = await tryIt('https://recordings.example/talk.mp3');
		const jobs = () => gallery.simulator.scriptivox.jobs();
		await until('The link is transcribed', () => jobs().length === 1);
		const id = jobs()[0]!.id;
		const row = await waiting(id);

		expect(row.approvalUrl).toBe(next);
		expect(chat.messages).toEqual([]);
		await decide(row, { decision: 'Approve' });
		await rowIn('approved', id);
	});

	it.each([
		['fail-PROCESSING_ERROR.mp3', /The transcription failed \(PROCESSING_ERROR\)/],
		['silence.mp3', /Nothing was said in the recording/],
	])('makes no post of %s, and says why', async (fileName, reason) => {
		await publish();
		const id = await transcribe(fileName);

		const row = await rowIn('failed', id);
		const execution = await endOf(row.owner);

		expect(row.note).toMatch(reason);
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toBe(row.note);
		expect(chat.messages).toEqual([`No post was made: ${String(row.note)}`]);
		expect(scripe().sources()).toEqual([]);
		expect(scripe().jobs()).toEqual([]);
	});

	it('says why a link could not be transcribed', async () => {
		await publish();

		await tryIt('https://recordings.example/fail-PROCESSING_ERROR.mp3');
		await until('Somebody is told', () => chat.messages.length === 1);

		expect(chat.messages[0]).toContain('PROCESSING_ERROR');
		expect(scripe().jobs()).toEqual([]);
	});

	it('says why Scripe took nothing, and tries again when its user says so', async () => {
		await publish({ takeOverMinutes: 0.1 }, 2);
		scripe().fail({ endpoint: 'POST /sources', kind: 'status', status: 422 });
		const id = await transcribe('talk.mp3');
		const failed = await rowIn('failed', id);
		await endOf(failed.owner);
		expect(chat.messages).toEqual([`No post was made: ${String(failed.note)}`]);

		const { client } = gallery.n8n;
		const table = (await client.tables.named(TABLE))!;
		await client.tables.updateRow(table.id, failed.id, { state: 'claimed' });
		const row = await waiting(id);
		await decide(row, { decision: 'Approve' });

		await rowIn('approved', id);
		expect(scripe().sources()).toHaveLength(1);
		expect(scripe().posts()).toHaveLength(1);
	});

	it('keeps a transcript waiting while the account or the line is not ready, says so once, and goes on by itself', async () => {
		await publish({ takeOverMinutes: 0.1 }, 2);
		scripe().configure({ capCents: 4 });
		const id = await transcribe('talk.mp3');
		const tries = async () => {
			const executions = await gallery.n8n.client.executions.newest(workflowId);
			return executions.filter(({ status }) => status === 'error').length;
		};
		await until('It is tried again', async () => (await tries()) === 2);
		const [held] = await rowsOf(id);
		expect(held).toMatchObject({ state: 'claimed' });
		expect(held!.note).toContain('spend_cap_exceeded');

		scripe().configure({ capCents: 2000 });
		// once more than the node itself tries
		for (let times = 0; times < 3; times++) {
			scripe().fail({ endpoint: 'POST /sources', kind: 'status', status: 503 });
		}
		const row = await waiting(id);
		expect(row).toMatchObject({ id: held!.id, note: '' });
		expect(chat.messages.filter((said) => said.includes('has to wait'))).toHaveLength(1);
		await decide(row, { decision: 'Approve' });

		await rowIn('approved', id);
		expect(scripe().sources()).toHaveLength(1);
		expect(scripe().posts()).toHaveLength(1);
	});

	it('says so when nobody decides in time', async () => {
		await publish({ approvalDays: 2 / 86_400 });
		const id = await transcribe('talk.mp3');

		const row = await rowIn('undecided', id);

		expect(row.note).toMatch(/^Nobody decided within/);
		await until('Somebody is told', () => chat.messages.length === 2);
		expect((await endOf(row.owner)).status).toBe('error');
		expect(scripe().posts()).toHaveLength(1);
	});

	it('goes on when its message cannot be sent: the table has the link', async () => {
		await publish({ messageUrl: 'http://127.0.0.1:9/nobody' });
		const id = await transcribe('talk.mp3');

		const row = await waiting(id);
		await decide(row, { decision: 'Approve' });

		await rowIn('approved', id);
	});

	it('lets nobody in with a forged event or a link that is not whole', async () => {
		await publish();
		const id = await transcribe('talk.mp3');
		const row = await waiting(id);

		const { status } = await gallery.simulator.scriptivox.sendEvent({
			transcription_id: id,
			signature: 'forged',
		});
		const withoutKey = new URL(String(row.approvalUrl));
		withoutKey.search = '';

		expect(status).toBe(401);
		expect((await fetch(withoutKey)).status).toBe(401);
		expect(
			(await decide({ ...row, approvalUrl: withoutKey.href }, { decision: 'Approve' })).status,
		).toBe(401);
		expect(await rowsOf(id)).toMatchObject([{ state: 'waiting' }]);
	});
});
