import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';

import nock from 'nock';
import type { IDataObject, IHookFunctions, INodeType } from 'n8n-workflow';

import { ScriptivoxTrigger } from '../../../nodes/Scriptivox/ScriptivoxTrigger.node';
import { TranscriptonTrigger } from '../../../nodes/Transcripton/TranscriptonTrigger.node';
import {
	begun,
	api,
	content,
	expectChanges,
	fileEntry,
	namesOf,
	trigger as dropboxTrigger,
} from '../dropboxUpload/support';
import { callWebhook, errorOf, packNodes, pollNode, START } from '../harness';
import type { Poll, WebhookCall } from '../harness';
import { bytesOf, NOW, openssl, signed } from '../scriptivox/signing';
import { answering, logOf, setupWith } from './advice';
import type { Advice, Followed, Stage } from './advice';

type Seen = Pick<Followed, 'message' | 'description'>;

/** What an error says. */
async function seenIn(run: Promise<unknown>): Promise<Seen> {
	const { message, description } = await errorOf(run);
	return { message, description: String(description ?? '') };
}

/** A trigger that asks a provider on the stage for its jobs, with a memory of its own. */
function polling(stage: Stage, provider: 'whipscribe' | 'scripe') {
	const name = `${provider}Trigger`;
	const setup = {
		node: packNodes().find(({ description }) => description.name === name)!,
		credentials: setupWith(stage, `${provider} job getMany`, {}).credentials,
		credentialId: 'credential',
		staticData: {} as IDataObject,
	};
	return async (more: Partial<Poll> = {}) => await pollNode({ ...setup, ...more });
}

/** Jobs as Whipscribe lists them, the newest first. */
const rowsTo = (last: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		job_id: `00000000-0000-4000-8000-${String(last - index).padStart(12, '0')}`,
		status: 'done',
		created_at: START.getTime() / 1000 + last - index,
	}));

/** A test in the editor before any job has ended, and one after. */
async function testAgain(stage: Stage, provider: 'whipscribe' | 'scripe'): Promise<Followed> {
	const poll = polling(stage, provider);
	const none = { jobs: [], data: [], pagination: { next_cursor: null, has_more: false } };
	stage.meddle = () => ({ status: 200, body: none });
	const seen = await seenIn(poll({ mode: 'manual' }));
	stage.meddle = () => undefined;
	const output = await poll({ mode: 'manual' });
	return { ...seen, output, expected: [{ json: { provider, status: 'completed' } }] };
}

/** A hundred jobs between two looks, and then between four. */
async function pollMoreOften(stage: Stage): Promise<Followed> {
	let rows = rowsTo(0, 0);
	stage.meddle = ({ call }) =>
		/^GET \/jobs\?/.test(call) ? { status: 200, body: { jobs: rows } } : undefined;
	const seldom = polling(stage, 'whipscribe');
	rows = rowsTo(1, 1);
	await seldom();
	rows = rowsTo(201, 100);
	const message = await logOf(seldom);
	const often = polling(stage, 'whipscribe');
	rows = rowsTo(1, 1);
	await often();
	const emitted: unknown[] = [];
	const log = await logOf(async () => {
		for (const last of [51, 101, 151, 201]) {
			rows = rowsTo(last, Math.min(last, 100));
			emitted.push(...((await often()) ?? []));
		}
	});
	return {
		message,
		description: '',
		output: { log, emitted: emitted.length },
		expected: { log: '', emitted: 200 },
	};
}

/** A list whose pages lead back to one that was read: its jobs come out all the same. */
async function goOnFromJobs(stage: Stage): Promise<Followed> {
	const poll = polling(stage, 'scripe');
	const pages = ['first', 'second'].map((id, index) => ({
		data: [{ id: `job_${id}`, status: 'DONE', createdAt: '2026-11-22T12:00:01.000Z' }],
		pagination: { has_more: true, next_cursor: `page-${index}` },
	}));
	stage.meddle = answering(/^GET \/jobs(\?|$)/, 200, {
		data: [],
		pagination: { has_more: false, next_cursor: null },
	});
	await poll();
	stage.meddle = ({ call }) =>
		/^GET \/jobs(\?|$)/.test(call)
			? { status: 200, body: pages[call.includes('page-0') ? 1 : 0]! }
			: undefined;
	let items: Awaited<ReturnType<typeof poll>> = null;
	const message = await logOf(async () => (items = await poll()));
	const expected = [{ json: { status: 'completed' } }, { json: { status: 'completed' } }];
	return { message: message.split('\n')[0]!, description: '', output: items, expected };
}

/** A provider that is away when the workflow is published, and there again with the next poll. */
async function nextPoll(stage: Stage, provider: 'whipscribe' | 'scripe'): Promise<Followed> {
	const poll = polling(stage, provider);
	const none = { jobs: [], data: [], pagination: { has_more: false, next_cursor: null } };
	stage.meddle = () => ({ status: 200, body: none });
	await poll();
	stage.meddle = answering(/./, 503, {});
	const message = await logOf(poll);
	stage.meddle = () => undefined;
	const expected = [{ json: { provider, status: 'completed' } }];
	return { message, description: '', output: await poll(), expected };
}

const EVENT = { event: 'transcription.completed', transcription_id: randomUUID(), result: {} };
const JOB_EVENT = {
	event: 'job.done',
	data: { job_id: randomUUID(), status: 'done' },
	timestamp: NOW,
};

/** Delivers a webhook to a trigger that nobody used before. */
async function deliver(
	node: INodeType,
	credentials: Record<string, IDataObject>,
	body: Buffer,
	more: Partial<WebhookCall>,
) {
	return await callWebhook({
		node,
		credentials: credentials as WebhookCall['credentials'],
		nodeId: randomUUID(),
		body,
		...more,
	});
}

/** A webhook that is turned away, and one that is taken after the trigger was set up as told. */
async function taken(
	wrong: () => ReturnType<typeof deliver>,
	right: () => ReturnType<typeof deliver>,
): Promise<Followed> {
	const message = await logOf(wrong);
	const { status, items } = await right();
	const expected = { status: 200, items: 1 };
	return { message, description: '', output: { status, items: items?.length }, expected };
}

const scriptivox = async (
	credential: IDataObject,
	headers: Record<string, string>,
	more: Partial<WebhookCall> = {},
	body = bytesOf(EVENT),
) => {
	const credentials = { scriptivoxApi: credential };
	return await deliver(new ScriptivoxTrigger(), credentials, body, { headers, ...more });
};
const transcripton = async (credential: IDataObject, secret: string) => {
	const body = bytesOf(JOB_EVENT);
	const headers = { 'X-Webhook-Signature': openssl(body, '-hmac', secret) };
	const credentials = { transcriptonApi: { apiKey: 'key', ...credential } };
	const parameters = { options: { fetchTranscript: false } };
	return await deliver(new TranscriptonTrigger(), credentials, body, { headers, parameters });
};

const OLD = 'sk_live_old_0123456789';
const NEW = 'sk_live_new_0123456789';
const signedNow = (key: string, body = bytesOf(EVENT)) => signed(body, String(NOW), key);
const tenMinutesAgo = signed(bytesOf(EVENT), String(NOW - 600), NEW);

/** Lets nock play Dropbox, whose address no credential can change. */
async function withDropbox<Result>(work: () => Promise<Result>): Promise<Result> {
	nock.activate();
	try {
		return await work();
	} finally {
		nock.restore();
	}
}

const BY_POLLING = { receive: 'polling' };
const pathOf = (value: string) => ({ folder: { __rl: true, mode: 'path', value } });

/** A look that finds the one file. */
async function findsTalk(poll: () => Promise<unknown>, cursor = 'cursor-0') {
	expectChanges(cursor, [fileEntry('talk.mp3')]);
	return namesOf((await poll()) as Array<{ json: IDataObject }>);
}

/** A folder that is none, and then the right one. */
async function otherFolder(path: string): Promise<Followed> {
	return await withDropbox(async () => {
		const seen = await seenIn(dropboxTrigger({ ...BY_POLLING, ...pathOf(path) }).poll());
		const { poll } = await begun({ ...BY_POLLING, ...pathOf('/Recordings') });
		return { ...seen, output: await findsTalk(poll), expected: ['talk.mp3'] };
	});
}

/** A path that Dropbox refuses, and then the right one. */
async function refusedFolder(code: string): Promise<Followed> {
	return await withDropbox(async () => {
		api()
			.post('/2/files/list_folder/get_latest_cursor')
			.reply(409, { error_summary: `${code}/..`, error: { '.tag': 'path' } });
		const seen = await seenIn(dropboxTrigger({ ...BY_POLLING, ...pathOf('/Moved') }).poll());
		const { poll } = await begun({ ...BY_POLLING, ...pathOf('/Recordings') });
		return { ...seen, output: await findsTalk(poll), expected: ['talk.mp3'] };
	});
}

/** A connection that Dropbox does not take any more, and a new one. */
async function connectAgain(status: number, code: string): Promise<Followed> {
	return await withDropbox(async () => {
		const { poll } = await begun(BY_POLLING);
		const refusal = { error_summary: `${code}/..`, error: { '.tag': code } };
		api().post('/2/files/list_folder/continue').reply(status, refusal);
		nock('https://api.dropboxapi.com')
			.post('/oauth2/token')
			.reply(200, { access_token: 'sl.renewed', expires_in: 14400, token_type: 'bearer' });
		api('sl.renewed').post('/2/files/list_folder/continue').reply(status, refusal);
		const seen = await seenIn(poll());
		nock.cleanAll();
		return { ...seen, output: await findsTalk(async () => await poll({})), expected: ['talk.mp3'] };
	});
}

/** A file that Dropbox does not hand out stops no other. */
async function otherFile(): Promise<Followed> {
	return await withDropbox(async () => {
		const { poll } = await begun({ ...BY_POLLING, download: 'binary' });
		expectChanges('cursor-0', [fileEntry('film.mp4'), fileEntry('talk.mp3')]);
		content()
			.post('/2/files/download')
			.reply(409, { error_summary: 'path/restricted_content/..', error: { '.tag': 'path' } });
		content().post('/2/files/download').reply(200, 'sound bytes');
		const [film, ...others] = (await poll())!;
		const { message } = film!.json.error as { message: string };
		const expected = [{ json: { name: 'talk.mp3' }, binary: { data: { fileSize: '11 B' } } }];
		return { message, description: '', output: others, expected };
	});
}

/** A list that Dropbox forgets while somebody tests in the editor. */
async function lookAgain(): Promise<Followed> {
	return await withDropbox(async () => {
		const { poll } = dropboxTrigger(BY_POLLING);
		const reset = { error_summary: 'reset/..', error: { '.tag': 'reset' } };
		const page = { entries: [fileEntry('talk.mp3')], cursor: 'cursor-new' };
		api()
			.post('/2/files/list_folder')
			.reply(200, { ...page, has_more: true });
		api().post('/2/files/list_folder/continue').reply(409, reset);
		const seen = await seenIn(poll({ mode: 'manual' }));
		api()
			.post('/2/files/list_folder')
			.reply(200, { ...page, has_more: false });
		const output = namesOf(await poll({ mode: 'manual' }));
		return { ...seen, output, expected: ['talk.mp3'] };
	});
}

/** Some bytes, and then a line that breaks. */
function brokenStream(): PassThrough {
	const stream = new PassThrough();
	stream.write('sound');
	setTimeout(() => stream.destroy(new Error('socket hang up')), 50);
	return stream;
}

/** A download that breaks off each time, of a file that is uploaded again. */
async function uploadAgain(): Promise<Followed> {
	return await withDropbox(async () => {
		const { poll } = await begun({ ...BY_POLLING, download: 'binary' });
		const entries = [fileEntry('talk.mp3')];
		const page = { entries, cursor: 'cursor-0*', has_more: false };
		api().post('/2/files/list_folder/continue').times(20).reply(200, page);
		content()
			.post('/2/files/download')
			.times(60)
			.reply(200, () => brokenStream());
		let item;
		for (let look = 0; look < 10 && !item; look++) [item] = (await poll()) ?? [];
		nock.cleanAll();
		const again = fileEntry('talk.mp3', { rev: 'rev-2', content_hash: 'hash-2' });
		api()
			.post('/2/files/list_folder/continue')
			.reply(200, { ...page, entries: [again] });
		content().post('/2/files/download').reply(200, 'sound bytes');
		const output = await poll();
		const { message } = item!.json.error as { message: string };
		const expected = [{ json: { error: null }, binary: { data: { fileName: 'talk.mp3' } } }];
		return { message, description: '', output, expected };
	});
}

/** Dropbox is away when the trigger starts to listen, and the next look finds what came meanwhile. */
async function waitForNextLook(): Promise<Followed> {
	return await withDropbox(async () => {
		const { poll } = await begun();
		api().post('/2/files/list_folder/continue').times(9).optionally().reply(503, {});
		const message = await logOf(async () => await poll({}));
		nock.cleanAll();
		const output = await findsTalk(async () => await poll({}));
		return { message, description: '', output, expected: ['talk.mp3'] };
	});
}

/** A list that leads back to a page before: what came by then is out, and the next look goes on. */
async function goOn(): Promise<Followed> {
	return await withDropbox(async () => {
		const { poll } = await begun(BY_POLLING);
		const page = { entries: [], cursor: 'cursor-0', has_more: true };
		api().post('/2/files/list_folder/continue').times(9).optionally().reply(200, page);
		const message = await logOf(poll);
		nock.cleanAll();
		return { message, description: '', output: await findsTalk(poll), expected: ['talk.mp3'] };
	});
}

/** A credential without the secret that each webhook is checked with. */
async function withSecret(): Promise<Followed> {
	const { checkExists } = new TranscriptonTrigger().webhookMethods.default;
	const contextWith = (webhookSecret: string) =>
		({
			getCredentials: async () => ({ webhookSecret }),
			getNode: () => ({ name: 'Transcripton Trigger', parameters: {} }),
		}) as unknown as IHookFunctions;
	const seen = await seenIn(checkExists.call(contextWith('')));
	const output = { exists: await checkExists.call(contextWith('whsec')) };
	return { ...seen, output, expected: { exists: true } };
}

/** What the triggers say, in their panel and in n8n's log. */
export const triggers: Advice[] = [
	{
		message: 'No folder is chosen',
		page: 'Choose it from the list, or enter its path',
		panel: /Choose a folder from the list, or enter a path/,
		trials: [{ of: 'Dropbox', follow: async () => await otherFolder('') }],
	},
	{
		message: 'The path of the folder has no slash in front',
		page: 'looks like `/Recordings/2026`',
		panel: /enter a path such as \/Recordings/,
		trials: [{ of: 'Dropbox', follow: async () => await otherFolder('Recordings') }],
	},
	{
		message: '… refused the request to …',
		page: 'the path leads to a file or does not look like `/Recordings/2026`',
		panel: /Check the folder|Choose a folder|A path starts with a slash/,
		trials: ['path/not_found', 'path/not_folder', 'path/malformed_path'].map((code) => ({
			of: 'Dropbox',
			name: code,
			follow: async () => await refusedFolder(code),
		})),
	},
	{
		message: '… refused the request to …',
		page: "connect the credential again, or ask the team's administrator",
		panel: /connect it to Dropbox again|Ask its team's administrator/,
		trials: [
			['expired_access_token', 401],
			['invalid_access_token', 401],
			['user_suspended', 401],
		].map(([code, status]) => ({
			of: 'Dropbox',
			name: String(code),
			follow: async () => await connectAgain(Number(status), String(code)),
		})),
	},
	{
		message: '… refused the request to …',
		page: 'turn on the permissions that the description names, then connect the credential again',
		panel: /Turn on the permissions .*files.content.read.*then connect the credential again/,
		trials: [
			{
				of: 'Dropbox',
				name: 'missing_scope',
				follow: async () => await connectAgain(401, 'missing_scope'),
			},
		],
	},
	{
		message: '… refused the request to …',
		page: 'Dropbox lost its place in the list. Run the node again',
		panel: /Run the node again: it lists the folder again/,
		trials: [{ of: 'Dropbox', name: 'reset', follow: lookAgain }],
	},
	{
		message: '… refused the request to …',
		page: 'does not give out this file, for legal reasons',
		panel: /path\/restricted_content/,
		trials: [{ of: 'Dropbox', name: 'path/restricted_content', follow: otherFile }],
	},
	{
		message: 'The download of "…" from Dropbox broke off: …',
		page: 'upload it to Dropbox again',
		panel: /broke off/,
		trials: [{ of: 'Dropbox', follow: uploadAgain }],
	},
	{
		message: 'The node "…" could not look at Dropbox, and looks again until it can: …',
		page: 'the trigger looks again at its Poll Times',
		panel: /looks again until it can/,
		trials: [{ of: 'Dropbox', follow: waitForNextLook }],
	},
	{
		message: 'Dropbox\'s list for the node "…" does not end: it ….',
		page: 'The trigger continues the next time it looks',
		panel: /does not end/,
		trials: [{ of: 'Dropbox', follow: goOn }],
	},
	{
		message: 'The Transcripton credential has no webhook secret',
		page: "Enter the one from Transcripton's dashboard, under Settings, Webhooks",
		panel: /enter the secret that the dashboard shows under Settings, Webhooks/,
		trials: [{ of: 'Transcripton', follow: withSecret }],
	},
	{
		message: '… lists no job that has ended so',
		page: 'Let a job end, then test again',
		panel: /Let a job end, then test again/,
		trials: (['whipscribe', 'scripe'] as const).map((provider) => ({
			of: provider,
			follow: async (stage) => await testAgain(stage, provider),
		})),
	},
	{
		message: 'A webhook for the node "…" was rejected: …',
		page: 'after a change the old key as *Previous API Key*',
		panel: /Its signature does not fit; .*Previous API Key/,
		trials: [
			{
				of: 'Scriptivox',
				follow: async () =>
					await taken(
						async () => await scriptivox({ apiKey: NEW }, signedNow(OLD)),
						async () => await scriptivox({ apiKey: NEW, previousApiKey: OLD }, signedNow(OLD)),
					),
			},
		],
	},
	{
		message: 'A webhook for the node "…" was rejected: …',
		page: 'after a change the old one as *Previous Webhook Secret*',
		panel: /Its signature does not fit; .*Previous Webhook Secret/,
		trials: [
			{
				of: 'Transcripton',
				follow: async () =>
					await taken(
						async () => await transcripton({ webhookSecret: NEW }, OLD),
						async () => await transcripton({ webhookSecret: NEW, previousWebhookSecret: OLD }, OLD),
					),
			},
		],
	},
	{
		message: 'A webhook for the node "…" was rejected: …',
		page: 'Fill in the credential',
		panel: /The credential has no key to check it with/,
		trials: [
			{
				of: 'Transcripton',
				follow: async () =>
					await taken(
						async () => await transcripton({}, NEW),
						async () => await transcripton({ webhookSecret: NEW }, NEW),
					),
			},
		],
	},
	{
		message: 'A webhook for the node "…" was rejected: …',
		page: 'Raise *Tolerance* if necessary',
		panel: /It is too old, or from the future/,
		trials: [
			{
				of: 'Scriptivox',
				follow: async () =>
					await taken(
						async () => await scriptivox({ apiKey: NEW }, tenMinutesAgo),
						async () =>
							await scriptivox({ apiKey: NEW }, tenMinutesAgo, {
								parameters: { options: { toleranceSeconds: 900 } },
							}),
					),
			},
		],
	},
	{
		message: 'A webhook for the node "…" was rejected: …',
		page: 'Let headers that begin with `X-` pass',
		panel: /It carries no (signature|timestamp)/,
		trials: [['X-Scriptivox-Signature', 'X-Scriptivox-Timestamp'], ['X-Scriptivox-Timestamp']].map(
			(removed) => ({
				of: 'Scriptivox',
				name: `a proxy removes ${removed.join(' and ')}`,
				follow: async () => {
					const headers = signedNow(NEW);
					const kept = Object.entries(headers).filter(([name]) => !removed.includes(name));
					return await taken(
						async () => await scriptivox({ apiKey: NEW }, Object.fromEntries(kept)),
						async () => await scriptivox({ apiKey: NEW }, headers),
					);
				},
			}),
		),
	},
	{
		message: 'A webhook for the node "…" was rejected: …',
		page: 'this is not one of its documented events',
		panel: /It holds no event|It is no JSON/,
		trials: ['[]', '{"ping":', '{}'].map((text) => ({
			of: 'Scriptivox',
			name: text,
			follow: async () => {
				const body = Buffer.from(text);
				return await taken(
					async () => await scriptivox({ apiKey: NEW }, signedNow(NEW, body), {}, body),
					async () => await scriptivox({ apiKey: NEW }, signedNow(NEW)),
				);
			},
		})),
	},
	{
		message: 'A webhook for the node "…" was rejected: …',
		page: 'There is nothing to do',
		panel: /It names no accounts|It holds no challenge|It is no JSON/,
		trials: [
			{
				of: 'Dropbox',
				follow: async () =>
					await withDropbox(async () => {
						const one = await begun();
						const message = await logOf(
							async () => await one.call({ body: Buffer.from(''), method: 'GET' }),
						);
						expectChanges('cursor-0', [fileEntry('talk.mp3')]);
						const { items } = await one.notify();
						return { message, description: '', output: namesOf(items), expected: ['talk.mp3'] };
					}),
			},
		],
	},
	{
		message: "…'s list of jobs does not end: it was left after … pages",
		page: 'The trigger outputs the jobs that it has read',
		panel: /it was left after \d+ pages/,
		trials: [{ of: 'scripe', follow: goOnFromJobs }],
	},
	{
		message: 'The first look of the node "…" failed, and the next poll looks again: …',
		page: 'the next poll finds the same jobs',
		panel: /the next poll looks again/,
		trials: (['whipscribe', 'scripe'] as const).map((provider) => ({
			of: provider,
			follow: async (stage) => await nextPoll(stage, provider),
		})),
	},
	{
		message:
			'More jobs came up between two polls of the node "…" than … lists: some may have been missed. Let it poll more often.',
		page: 'Set a shorter interval in the trigger',
		panel: /Let it poll more often/,
		trials: [{ of: 'Whipscribe', follow: pollMoreOften }],
	},
];
