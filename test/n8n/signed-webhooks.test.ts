import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { N8nClient } from '../../dev/n8n/client';
import { simulatedCredentials } from '../../dev/simulator/credentials';
import { useProvider } from '../rig/providers/provider';
import { scriptivoxSigns } from '../rig/flood/webhookTargets';
import { executionsOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';
import { until } from '../rig/basics/until';

const AT_ONCE = 24;
const EVENT = 'transcription.completed';
const OLD_KEY = 'sk_live_before_the_change';
const FORM = 'application/json; charset=utf-8';
const numbered = (count: number) => Array.from({ length: count }, (_, number) => `job-${number}`);

/** A body and the headers that Scriptivox sends with it. */
function signed(apiKey: string, body: Buffer, contentType = FORM): Record<string, string> {
	return { 'content-type': contentType, ...scriptivoxSigns(body, apiKey, new Date()) };
}

const bodyOf = (id: string) => Buffer.from(JSON.stringify({ event: EVENT, transcription_id: id }));

describe('signed webhooks in n8n', () => {
	// pasted as people do
	const provider = useProvider('scriptivox', 'scriptivoxApi', {
		apiKey: '\u00a0sk_live_simulator \r\n',
		previousApiKey: `\t${OLD_KEY} `,
	});
	let workflowId: string;
	let url: string;

	const client = (): N8nClient => provider.n8n.client;

	/** @param changes of the trigger's node */
	async function publishTrigger(changes: Partial<INode> = {}): Promise<void> {
		const trigger: INode = {
			...nodeOf(
				'Trigger',
				'n8n-nodes-transcription.scriptivoxTrigger',
				{ options: { fetchTranscript: false } } as INodeParameters,
				provider.credentials,
			),
			webhookId: randomUUID(),
			...changes,
		};
		const workflow = rowOf('Signed', trigger, nodeOf('Next', 'n8n-nodes-base.noOp'));
		({ id: workflowId } = await client().createWorkflow(workflow));
		await client().publishWorkflow(workflowId);
		url = `${provider.n8n.url}/webhook/${trigger.webhookId}/webhook`;
	}

	beforeEach(async () => await publishTrigger());

	afterEach(async () => await client().unpublishWorkflow(workflowId));

	async function deliver(body: Buffer, headers: Record<string, string>): Promise<number> {
		const response = await fetch(url, { method: 'POST', headers, body });
		await response.arrayBuffer();
		return response.status;
	}

	const deliverSigned = async (body: Buffer, contentType = FORM) =>
		await deliver(body, signed(provider.simulator.scriptivox.apiKey, body, contentType));

	/** Waits until the webhook of a published workflow answers again. */
	async function listening(): Promise<void> {
		const answers = async () => (await deliver(Buffer.from('{}'), {})) !== 404;
		await until('the webhook answers again', answers, 60);
	}

	const deliverAll = async (ids: string[]) =>
		await Promise.all(ids.map(async (id) => await deliverSigned(bodyOf(id))));

	async function emittedIds(count: number): Promise<unknown[]> {
		const executions = await executionsOf(provider.n8n, workflowId, count);
		return executions
			.flatMap((execution) => outputOf(execution, 'Trigger') ?? [])
			.map(({ id }) => id);
	}

	it('emit each of many events at once, and none of them again after a restart', async () => {
		const ids = numbered(AT_ONCE);
		const accepted = ids.map(() => 200);

		expect(await deliverAll(ids)).toEqual(accepted);
		expect((await emittedIds(AT_ONCE)).sort()).toEqual([...ids].sort());
		await provider.n8n.restart();
		await listening();
		expect(await deliverAll(ids)).toEqual(accepted);
		expect(await deliverSigned(bodyOf('another'))).toBe(200);

		expect(await emittedIds(AT_ONCE + 1)).toHaveLength(AT_ONCE + 1);
	});

	describe.each([
		['behind a byte order mark', Buffer.from(`\ufeff${String(bodyOf('marked'))}`), FORM],
		[
			'in UTF-16',
			Buffer.from(`\ufeff${String(bodyOf('marked'))}`, 'utf16le'),
			'application/json; charset=utf-16le',
		],
		['as plain text', Buffer.from(`\ufeff${String(bodyOf('marked'))}`), 'text/plain'],
		['behind blanks', Buffer.from(`\r\n\t ${String(bodyOf('marked'))}\n`), FORM],
		['as a type that n8n does not read', bodyOf('marked'), 'application/octet-stream'],
	])('are read as n8n reads them, %s:', (_form, body, contentType) => {
		it.each([1, 1.1])('a trigger of version %d', async (typeVersion) => {
			await client().unpublishWorkflow(workflowId);
			await publishTrigger({ typeVersion });

			expect(await deliverSigned(body, contentType)).toBe(200);

			expect(await emittedIds(1)).toEqual(['marked']);
		});
	});

	it('are believed with the key before, and one of several signatures; else the log says why not', async () => {
		const old = bodyOf('of the old key');
		const several = bodyOf('of several');
		const headers = signed(provider.simulator.scriptivox.apiKey, several);
		const other = signed('sk_live_of_somebody_else', several)['x-scriptivox-signature'];

		expect(await deliver(old, signed(OLD_KEY, old))).toBe(200);
		expect(
			await deliver(several, {
				...headers,
				'x-scriptivox-signature': `${other}, ${headers['x-scriptivox-signature']}`,
			}),
		).toBe(200);
		expect(await deliver(old, signed('sk_live_of_somebody_else', old))).toBe(401);

		expect((await emittedIds(2)).sort()).toEqual(['of several', 'of the old key']);
		expect(await readFile(provider.n8n.logFile, 'utf8')).toMatch(
			/Its signature does not fit; the job may have been started with another API Key/,
		);
	});

	it.each(['mediaScribeApi', 'scripeApi', 'scriptivoxApi', 'transcriptonApi', 'whipscribeApi'])(
		'stand beside a test of %s that takes blanks for what they are',
		async (type) => {
			const all = simulatedCredentials(provider.simulator);
			const { data } = all.find((credential) => credential.type === type)!;
			const pasted = Object.entries(data).map(([field, text]) => [
				field,
				`\ufeff ${String(text)}\u00a0\n`,
			]);
			const [stored] = await client().credentials.ofType(type);
			const test = async (changes: IDataObject = {}) =>
				await client().credentials.test(stored!, {
					type,
					data: { ...(Object.fromEntries(pasted) as IDataObject), ...changes },
				});
			const baseUrl = String(data.baseUrl);

			expect(await test()).toMatchObject({ status: 'OK' });
			expect(await test({ baseUrl: `${baseUrl}/` })).toMatchObject({ status: 'OK' });
			expect(await test({ baseUrl: `${baseUrl}?key=1` })).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(
					/^The Base URL of the \w+ credential holds a query/,
				) as string,
			});
			const secret = 'apiToken' in data ? 'apiToken' : 'apiKey';
			expect(await test({ [secret]: 'two\nlines' })).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(/holds a line end or another character/) as string,
			});
		},
	);
});
