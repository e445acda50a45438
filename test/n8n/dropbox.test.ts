import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { Gallery } from '../rig/templates/gallery';
import { executionsOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';
import { until } from '../rig/basics/until';

const type = 'dropboxUploadOAuth2Api';
// while nothing may start, as long as an execution would take to show
const quietSeconds = 2;

let gallery: Gallery;
let folders = 0;

beforeAll(async () => {
	gallery = await Gallery.start({
		hosts: ({ dropbox }) => dropbox.hosts(),
		authorize: ({ dropbox }) => ({ [type]: (url) => dropbox.authorize(url) }),
	});
});

afterAll(async () => {
	expect(gallery.proxy!.unknownHosts()).toEqual([]);
	await gallery.stop();
});

/** A published workflow with the trigger on a folder of its own, which is empty. */
async function watching(parameters: INodeParameters = {}) {
	folders += 1;
	const folder = `/Watched ${folders}`;
	const { n8n, simulator } = gallery;
	simulator.dropbox.configure({ webhooks: { url: null } });
	simulator.dropbox.addFolder(folder);
	const [credential] = await n8n.client.credentials.ofType(type);
	const trigger = {
		...nodeOf(
			'Dropbox',
			'n8n-nodes-transcription.dropboxUploadTrigger',
			{
				folder: { __rl: true, mode: 'path', value: folder },
				receive: 'webhook',
				download: 'none',
				...parameters,
			},
			{ [type]: credential! },
		),
		webhookId: randomUUID(),
	};
	const contents = nodeOf('Contents', 'n8n-nodes-base.extractFromFile', {
		operation: 'text',
		destinationKey: 'text',
	});
	const end = parameters.download === 'binary' ? contents : nodeOf('End', 'n8n-nodes-base.noOp');
	const workflow = rowOf(`Watches ${folder}`, trigger, end);
	const { id } = await n8n.client.createWorkflow(workflow);
	await n8n.client.publishWorkflow(id);
	const url = `${n8n.url}/webhook/${trigger.webhookId}/webhook`;
	const executions = async (count: number, longestSeconds?: number) =>
		await executionsOf(n8n, id, count, longestSeconds);
	const names = async (count: number, longestSeconds?: number) =>
		(await executions(count, longestSeconds)).flatMap(
			(execution) => outputOf(execution, 'Dropbox')?.map(({ name }) => name) ?? [],
		);
	return { folder, id, url, executions, names };
}

/** The same, with its webhook entered in Dropbox. */
async function notified(parameters: INodeParameters = {}) {
	const watched = await watching(parameters);
	expect(await gallery.simulator.dropbox.verify(watched.url)).toMatchObject({ accepted: true });
	return watched;
}

describe('the webhook of the Dropbox trigger', () => {
	it('is taken by Dropbox: it echoes the challenge as plain text', async () => {
		const { url } = await watching();

		expect(await gallery.simulator.dropbox.verify(url)).toEqual({
			accepted: true,
			status: 200,
			contentType: expect.stringMatching(/^text\/plain/) as string,
			noSniff: true,
		});
	});

	it('answers 400 to a check without a challenge', async () => {
		const { url, executions } = await watching();

		expect((await fetch(url)).status).toBe(400);
		expect(await executions(1, quietSeconds)).toEqual([]);
	});

	it.each(['forged', 'missing'] as const)(
		'answers 401 where the signature is %s, and asks Dropbox nothing',
		async (signature) => {
			const { url, executions } = await watching();
			const { dropbox } = gallery.simulator;
			const before = dropbox.statistics().requests['POST /files/list_folder/continue'];

			expect(await dropbox.notify({ url, signature })).toMatchObject({ status: 401 });

			expect(await executions(1, quietSeconds)).toEqual([]);
			expect(dropbox.statistics().requests['POST /files/list_folder/continue']).toBe(before);
		},
	);

	it('answers 200 to a notification about another folder, and starts nothing', async () => {
		const { executions } = await notified();
		const { dropbox } = gallery.simulator;
		const before = dropbox.statistics().webhooks.accepted;

		dropbox.addFile('/Elsewhere/other.mp3');
		await until('Dropbox was answered', () => {
			return dropbox.statistics().webhooks.accepted > before;
		});

		expect(await executions(1, quietSeconds)).toEqual([]);
	});

	it('emits a new file with its content hash, downloaded, and none that was there', async () => {
		const { folder, executions } = await notified({ download: 'binary' });
		const { dropbox } = gallery.simulator;
		const { content_hash } = dropbox.addFile(`${folder}/In here/talk.mp3`, 'sound of a talk');

		const [execution] = await executions(1);

		expect(outputOf(execution!, 'Dropbox')).toMatchObject([
			{ name: 'talk.mp3', path: `${folder}/In here/talk.mp3`, contentHash: content_hash },
		]);
		const [item] = execution!.data.resultData.runData.Dropbox![0]!.data!.main![0]!;
		expect(item!.binary!.data).toMatchObject({ fileName: 'talk.mp3' });
		expect(outputOf(execution!, 'Contents')).toEqual([{ text: 'sound of a talk' }]);
	});

	it('downloads anew what broke off in its middle', async () => {
		const { folder, executions } = await notified({ download: 'binary' });
		const { dropbox } = gallery.simulator;
		dropbox.fail({ endpoint: 'POST /files/download', kind: 'reset', stage: 'reply' });
		dropbox.addFile(`${folder}/talk.mp3`, 'sound of a whole recording');

		const [execution] = await executions(1);

		expect(outputOf(execution!, 'Contents')).toEqual([{ text: 'sound of a whole recording' }]);
	});

	it('emits a file that changes twice three times, and once each', async () => {
		const { folder, names, executions } = await notified();
		const { dropbox } = gallery.simulator;
		for (const [index, content] of ['one', 'two', 'three'].entries()) {
			dropbox.addFile(`${folder}/talk.mp3`, content);
			await executions(index + 1);
		}
		await Promise.all([dropbox.notify(), dropbox.notify()]);

		expect(await names(4, quietSeconds)).toEqual(['talk.mp3', 'talk.mp3', 'talk.mp3']);
	});

	it('lists the folder again when Dropbox has forgotten the cursor, and loses nothing', async () => {
		const { folder, names } = await notified();
		const { dropbox } = gallery.simulator;
		dropbox.addFile(`${folder}/first.mp3`);
		await names(1);
		dropbox.configure({ webhooks: { automatic: false } });
		dropbox.addFile(`${folder}/second.mp3`);
		dropbox.expireCursors();
		dropbox.addFile(`${folder}/third.mp3`);
		await dropbox.notify();

		expect((await names(2)).sort()).toEqual(['first.mp3', 'second.mp3', 'third.mp3']);
		dropbox.configure({ webhooks: { automatic: true } });
	});

	it('goes on with a token that n8n renews', async () => {
		const { folder, names } = await notified();
		const { dropbox } = gallery.simulator;
		dropbox.expireTokens();
		dropbox.addFile(`${folder}/talk.mp3`);

		expect(await names(1)).toEqual(['talk.mp3']);
		expect(dropbox.statistics().tokensRefreshed).toBeGreaterThan(0);
	});

	it('shows a failed execution when Dropbox refuses, and catches up the next time', async () => {
		const { folder, executions, names } = await notified();
		const { dropbox } = gallery.simulator;
		const refusal = { kind: 'status', status: 409, code: 'path/not_found' } as const;
		dropbox.fail({ endpoint: 'POST /files/list_folder/continue', ...refusal });
		dropbox.addFile(`${folder}/talk.mp3`);
		const [failed] = await executions(1);
		expect(failed!.data.resultData.error!.message).toContain('path/not_found');

		await dropbox.notify();
		expect(await names(2)).toContain('talk.mp3');
	});
});

describe('the Dropbox trigger without a webhook', () => {
	it('polls, and has no address', async () => {
		const { folder, url, names } = await watching({
			receive: 'polling',
			download: 'temporaryLink',
		});
		expect((await fetch(`${url}?challenge=x`)).status).toBe(404);

		gallery.simulator.dropbox.addFile(`${folder}/talk.mp3`);

		// n8n polls once a minute at the most
		expect(await names(1, 75)).toEqual(['talk.mp3']);
	});
});

describe('the Dropbox trigger after a crash of n8n', () => {
	it('emits what was uploaded meanwhile, without a notification', async () => {
		const { folder, names } = await notified();
		const { dropbox } = gallery.simulator;
		dropbox.addFile(`${folder}/before.mp3`);
		await names(1);
		dropbox.configure({ webhooks: { automatic: false } });
		dropbox.addFile(`${folder}/meanwhile.mp3`);

		await gallery.crash();

		// what the first look of a busy n8n leaves, the next poll finds
		expect(await names(2, 150)).toEqual(['before.mp3', 'meanwhile.mp3']);
		dropbox.configure({ webhooks: { automatic: true } });
	});
});
