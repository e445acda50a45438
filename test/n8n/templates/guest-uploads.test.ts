import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialReference, WorkflowJson } from '../../../dev/n8n/types';
import { samplesFolder } from '../../../dev/paths';
import { type ChosenFile, type LastPage, sendForm } from '../../rig/workflows/forms';
import { Gallery } from '../../rig/templates/gallery';
import { until } from '../../rig/basics/until';

const tableName = 'Guest uploads';
const guestNodes = ['Start Transcription', 'Wait for Transcript'];
const signInKey = { name: 'X-Site-Key', value: 'only-our-server-knows' };

const ID_TOKEN = 'id-token-simulator';

describe('the template guest-uploads', () => {
	let gallery: Gallery;
	let workflow: WorkflowJson;
	let workflowId: string;
	let recording: Buffer;

	beforeAll(async () => {
		recording = await readFile(join(samplesFolder, 'voice-memo.m4a'));
		gallery = await Gallery.start({
			credentials: () => [{ name: 'Our server', type: 'httpHeaderAuth', data: signInKey }],
		});
		const { client } = gallery.n8n;
		const { apiKey, baseUrl } = gallery.simulator.whipscribe;
		const guests = await client.credentials.create({
			name: 'Guests',
			type: 'whipscribeApi',
			data: { apiKey, baseUrl },
		});
		const idToken = "={{ $('When a Guest Signs In').first().json.body.idToken }}";
		const accounts = await client.credentials.create({
			name: 'Accounts',
			type: 'whipscribeApi',
			data: { apiKey, baseUrl, idToken },
		});
		workflowId = await gallery.publishTemplate('guest-uploads', {
			edit: (template) => chooseCredentials(template, guests, accounts),
		});
		workflow = await client.workflow(workflowId);
	});

	afterAll(async () => {
		// n8n writes down what a webhook was sent before it runs, and deletes it an hour after the execution
		gallery.secrets.mayBeStored(ID_TOKEN);
		await gallery.stop();
	});

	function chooseCredentials(
		{ nodes }: WorkflowJson,
		guests: CredentialReference,
		accounts: CredentialReference,
	): void {
		for (const node of nodes.filter(({ type }) => type.endsWith('.whipscribe'))) {
			node.credentials = { whipscribeApi: guestNodes.includes(node.name) ? guests : accounts };
		}
	}

	const webhookIdOf = (name: string) =>
		workflow.nodes.find((node) => node.name === name)!.webhookId!;

	/** A file like the sample, with another content each time unless told. */
	function fileNamed(name: string, salt = name): ChosenFile {
		return { name, type: 'audio/mp4', bytes: Buffer.concat([recording, Buffer.from(salt)]) };
	}

	async function send(email: string, file: ChosenFile): Promise<LastPage> {
		const values = { 'E-mail': email, Recording: file };
		return await sendForm(gallery.n8n, webhookIdOf('Send a Recording'), values);
	}

	async function signIn(
		email: string,
		idToken = ID_TOKEN,
	): Promise<{ status: number; body: Record<string, unknown> }> {
		const response = await fetch(
			`${gallery.n8n.url}/webhook/${webhookIdOf('When a Guest Signs In')}`,
			{
				method: 'POST',
				headers: { 'content-type': 'application/json', [signInKey.name]: signInKey.value },
				body: JSON.stringify({ email, idToken }),
			},
		);
		return {
			status: response.status,
			body: (await response.json()) as Record<string, unknown>,
		};
	}

	const rowsOf = async (email: string) =>
		(await gallery.rows(tableName)).filter((row) => row.email === email);
	const statistics = () => gallery.simulator.whipscribe.statistics();

	it('shows a guest the transcript, and keeps the claim token until one call claims all of them', async () => {
		const first = await send('Ann@Example.com ', fileNamed('first.m4a'));
		await send('ann@example.com', fileNamed('second.m4a'));
		await send('bob@example.com', fileNamed('other.m4a'));

		expect(first.title).toBe('first.m4a');
		expect(first.message.length).toBeGreaterThan(10);
		const kept = await rowsOf('ann@example.com');
		expect(kept.map(({ fileName, state }) => [fileName, state])).toEqual([
			['first.m4a', 'transcribed'],
			['second.m4a', 'transcribed'],
		]);
		for (const { claimToken } of kept) expect(claimToken).toMatch(/^claim_/);

		const answer = await signIn('ANN@example.com');

		expect(answer).toEqual({ status: 200, body: { claimed: 2, notClaimed: 0 } });
		expect(statistics().requests['POST /jobs/claim']).toBe(1);
		const claimed = await rowsOf('ann@example.com');
		expect(claimed.map(({ state, claimToken }) => [state, claimToken])).toEqual([
			['claimed', ''],
			['claimed', ''],
		]);
		const users = gallery.simulator.whipscribe.jobs().map(({ user }) => user);
		expect(users).toEqual(['user@example.com', 'user@example.com', null]);
		expect((await signIn('ann@example.com')).body).toEqual({ claimed: 0, notClaimed: 0 });
		expect(statistics().requests['POST /jobs/claim']).toBe(1);
	});

	it('pays once for a recording that the same guest sends twice', async () => {
		const before = statistics().jobs;

		const first = await send('carl@example.com', fileNamed('twice.m4a'));
		const second = await send('carl@example.com', fileNamed('twice.m4a'));

		expect(second).toEqual(first);
		expect(statistics().jobs - before).toBe(1);
		expect(await rowsOf('carl@example.com')).toHaveLength(1);
	});

	it('tells the guest why a recording was not transcribed, and takes it again', async () => {
		const file = fileNamed('fail-noise.m4a');
		const page = await send('dora@example.com', file);

		expect(page.title).toBe('This recording could not be transcribed');
		expect(page.message).toContain('noise');
		await send('dora@example.com', file);
		expect((await rowsOf('dora@example.com')).map(({ state }) => state)).toEqual([
			'failed',
			'failed',
		]);
	});

	it('tells the guest why a file was not taken', async () => {
		const page = await send('dora@example.com', fileNamed('notes.pdf'));

		expect(page.title).toBe('This recording was not taken');
		expect(page.message).toContain('notes.pdf');
	});

	it('notes for each job why it was not claimed, and claims the others', async () => {
		await send('erik@example.com', fileNamed('deleted.m4a'));
		await send('erik@example.com', fileNamed('kept.m4a'));
		await send('erik@example.com', fileNamed('deleted too.m4a'));
		const [deleted, , deletedToo] = await rowsOf('erik@example.com');
		for (const { jobId, claimToken } of [deleted!, deletedToo!]) {
			await fetch(`${gallery.simulator.whipscribe.baseUrl}/jobs/${String(jobId)}`, {
				method: 'DELETE',
				headers: {
					'x-api-key': gallery.simulator.whipscribe.apiKey,
					'x-claim-token': String(claimToken),
				},
			});
		}

		const answer = await signIn('erik@example.com');

		expect(answer.body).toEqual({ claimed: 1, notClaimed: 2 });
		const problem = expect.stringContaining('NOT_FOUND') as string;
		expect(await rowsOf('erik@example.com')).toEqual([
			expect.objectContaining({ fileName: 'deleted.m4a', state: 'not claimed', problem }),
			expect.objectContaining({ fileName: 'kept.m4a', state: 'claimed', problem: '' }),
			expect.objectContaining({ fileName: 'deleted too.m4a', state: 'not claimed', problem }),
		]);
	});

	it('says where the transcript is when the guest signed in while it was made', async () => {
		const page = send('gwen@example.com', fileNamed('slow-4s.m4a'));
		await until('its token is kept', async () => {
			return (await rowsOf('gwen@example.com')).length === 1;
		});

		const answer = await signIn('gwen@example.com');

		expect(answer.body).toEqual({ claimed: 1, notClaimed: 0 });
		expect((await page).title).toBe('The recording is in your account');
		expect((await rowsOf('gwen@example.com'))[0]!.state).toBe('claimed');
	});

	it('keeps the tokens where the sign-in has run out, and takes no sign-in from strangers', async () => {
		await send('finn@example.com', fileNamed('later.m4a'));

		const old = await signIn('finn@example.com', 'an-old-id-token');
		const stranger = await fetch(
			`${gallery.n8n.url}/webhook/${webhookIdOf('When a Guest Signs In')}`,
			{ method: 'POST', body: JSON.stringify({ email: 'finn@example.com' }) },
		);

		expect(old.status).toBe(500);
		expect(stranger.status).toBe(403);
		expect((await rowsOf('finn@example.com'))[0]!.claimToken).toMatch(/^claim_/);
		expect((await signIn('finn@example.com')).body).toEqual({ claimed: 1, notClaimed: 0 });
	});

	it('keeps nothing that guests sent and read in n8n, but what failed', async () => {
		await send('hal@example.com', fileNamed('private.m4a'));
		expect((await signIn('hal@example.com')).status).toBe(200);
		expect((await signIn('hal@example.com', 'an-old-id-token')).body).toEqual({
			claimed: 0,
			notClaimed: 0,
		});

		await until('the last has ended', async () =>
			(await gallery.n8n.client.executions.newest(workflowId)).every(
				({ status }) => status === 'error',
			),
		);
	});
});
