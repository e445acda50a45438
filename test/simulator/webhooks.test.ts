import { execFileSync } from 'node:child_process';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEY, QUICK, until, useSimulator } from './support';

interface Received {
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** The signature by the webhook page, made by OpenSSL. */
function opensslSignature(apiKey: string, timestamp: string, body: string): string {
	const digest = (args: string[], input: string) =>
		execFileSync('openssl', ['dgst', '-sha256', '-r', ...args], { input })
			.toString()
			.split(' ')[0];
	const signingKey = digest([], apiKey) ?? '';
	return digest(['-hmac', signingKey], `${timestamp}.${body}`) ?? '';
}

describe("Scriptivox's webhooks", () => {
	// Long enough between two events for the first to arrive first.
	const stages = { ...QUICK.stages, processingSeconds: 0.15 };
	const { scriptivox, transcribe, reached } = useSimulator({ ...QUICK, stages });
	let server: Server;
	let received: Received[];
	let answer: { status: number; headers?: Record<string, string> };
	let webhook_url: string;

	beforeAll(async () => {
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks).toString();
				received.push({ path: request.url ?? '', headers: request.headers, body });
				const isFirst = request.url === '/hook';
				response.writeHead(isFirst ? answer.status : 200, isFirst ? answer.headers : {}).end();
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		webhook_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	});
	beforeEach(() => {
		received = [];
		answer = { status: 200 };
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	const counts = () => scriptivox().statistics().webhooks;
	const settled = async (deliveries: number) =>
		await until(() => (scriptivox().deliveries().length >= deliveries ? true : null));
	const eventsOf = () => received.map(({ body }) => JSON.parse(body).event as string);

	it('signs each event as the webhook page has it', async () => {
		await transcribe('a.mp3', 'bytes', { webhook_url });
		await settled(2);
		for (const { headers, body } of received) {
			const timestamp = String(headers['x-scriptivox-timestamp']);
			expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
			const expected = opensslSignature(KEY, timestamp, body);
			expect(expected).toMatch(/^[0-9a-f]{64}$/);
			expect(headers['x-scriptivox-signature']).toBe(expected);
			expect(headers['content-type']).toBe('application/json');
		}
		expect(counts()).toMatchObject({ sent: 2, accepted: 2, refused: 0 });
	});

	it('tells of processing, then of completion with the transcript', async () => {
		const transcription_id = await transcribe('a.mp3', 'bytes', { webhook_url });
		await settled(2);
		const job = await reached(transcription_id, 'completed');
		const costs = { duration_seconds: 1, cost_cents: 0.0056 };
		expect(received.map(({ body }) => JSON.parse(body))).toEqual([
			{ event: 'transcription.processing', transcription_id, status: 'processing', ...costs },
			{
				event: 'transcription.completed',
				transcription_id,
				status: 'completed',
				...costs,
				result: { full_transcript: job.result.full_transcript },
			},
		]);
	});

	it('tells of failure with the error', async () => {
		await transcribe('fail-PROCESSING_ERROR.mp3', 'bytes', { webhook_url });
		await settled(2);
		expect(JSON.parse(received[1]?.body ?? '')).toMatchObject({
			event: 'transcription.failed',
			status: 'failed',
			error: { code: 'PROCESSING_ERROR', message: expect.any(String) },
		});
	});

	it('leaves the result out where that is set, or where the name says so', async () => {
		await transcribe('bare-webhook.mp3', 'bytes', { webhook_url });
		await settled(2);
		scriptivox().configure({ webhooks: { withResult: false } });
		await transcribe('a.mp3', 'bytes', { webhook_url });
		await settled(4);
		const completed = received.filter(({ body }) => body.includes('transcription.completed'));
		expect(completed).toHaveLength(2);
		for (const { body } of completed) expect(JSON.parse(body)).not.toHaveProperty('result');
	});

	it('sends to the account’s URL where the request gives none', async () => {
		scriptivox().configure({ webhooks: { defaultUrl: webhook_url } });
		await transcribe('a.mp3', 'bytes');
		await settled(2);
		expect(eventsOf()).toEqual(['transcription.processing', 'transcription.completed']);
	});

	it('sends once, whatever the answer', async () => {
		answer = { status: 500 };
		const id = await transcribe('a.mp3', 'bytes', { webhook_url });
		await settled(2);
		expect(received).toHaveLength(2);
		expect(counts()).toMatchObject({ sent: 2, accepted: 0, refused: 2 });
		expect((await reached(id, 'completed')).status).toBe('completed');
	});

	it('follows one redirect, with the same body and signature', async () => {
		answer = { status: 307, headers: { location: '/moved' } };
		await transcribe('a.mp3', 'bytes', { webhook_url });
		await settled(2);
		expect(received.map(({ path }) => path).sort()).toEqual(['/hook', '/hook', '/moved', '/moved']);
		const [first] = received;
		const moved = received.find(({ path, body }) => path === '/moved' && body === first?.body);
		expect(moved?.headers['x-scriptivox-signature']).toBe(first?.headers['x-scriptivox-signature']);
		expect(counts()).toMatchObject({ accepted: 2, redirected: 2 });
	});

	it('counts a receiver that is not there', async () => {
		await transcribe('a.mp3', 'bytes', { webhook_url: 'http://127.0.0.1:1/hook' });
		await settled(2);
		expect(counts()).toMatchObject({ unanswered: 2 });
	});

	it('sends to this machine only', async () => {
		await transcribe('a.mp3', 'bytes', { webhook_url: 'https://hooks.example.com/a' });
		await settled(2);
		expect(scriptivox().deliveries()[0]?.error).toContain('this machine only');
	});

	it('drops a share of the events, the same ones each time', async () => {
		const run = async () => {
			scriptivox().reset();
			received = [];
			scriptivox().configure({ ...QUICK, webhooks: { droppedShare: 0.5, seed: 7 } });
			for (let count = 0; count < 10; count += 1) {
				const id = await transcribe('a.mp3', `bytes ${count}`, { webhook_url });
				await reached(id, 'completed');
			}
			await until(() => (counts().sent + counts().dropped === 20 ? true : null));
			await settled(counts().sent);
			return { events: eventsOf().sort(), dropped: counts().dropped };
		};
		const first = await run();
		expect(first.dropped).toBeGreaterThan(3);
		expect(first.dropped).toBeLessThan(17);
		expect(await run()).toEqual(first);
	});

	it('signs by a clock that is wrong, when told so', async () => {
		scriptivox().configure({ ...QUICK, webhooks: { clockOffsetSeconds: -600 } });
		await transcribe('a.mp3', 'bytes', { webhook_url });
		await settled(2);
		for (const { headers, body } of received) {
			const timestamp = String(headers['x-scriptivox-timestamp']);
			expect(Math.abs(Number(timestamp) + 600 - Date.now() / 1000)).toBeLessThan(60);
			expect(headers['x-scriptivox-signature']).toBe(opensslSignature(KEY, timestamp, body));
		}
	});

	it('drops every event of a file that is named so', async () => {
		const id = await transcribe('no-webhook.mp3', 'bytes', { webhook_url });
		await reached(id, 'completed');
		expect(counts()).toMatchObject({ sent: 0, dropped: 2 });
	});

	describe('sent on demand', () => {
		const sent = async (asked: object) => {
			const transcription_id = await transcribe('no-webhook.mp3', 'bytes', { webhook_url });
			await reached(transcription_id, 'completed');
			const outcome = await scriptivox().sendEvent({ transcription_id, ...asked });
			expect(outcome).toEqual({ status: 200, redirected: false, error: null });
			const [{ headers, body }] = received as [Received];
			const timestamp = String(headers['x-scriptivox-timestamp']);
			const isGenuine =
				headers['x-scriptivox-signature'] === opensslSignature(KEY, timestamp, body);
			return { transcription_id, headers, body, timestamp, isGenuine };
		};

		it('is genuine unless asked otherwise', async () => {
			const { body, isGenuine } = await sent({});
			expect(isGenuine).toBe(true);
			expect(JSON.parse(body).event).toBe('transcription.completed');
		});

		it('can be forged, unsigned, truncated', async () => {
			expect((await sent({ signature: 'forged' })).isGenuine).toBe(false);
			received = [];
			expect((await sent({ signature: 'missing' })).headers).not.toHaveProperty(
				'x-scriptivox-timestamp',
			);
			received = [];
			const truncated = await sent({ truncated: true });
			expect(truncated.isGenuine).toBe(false);
			expect(() => JSON.parse(truncated.body)).toThrow();
		});

		it('can be old, with a signature that fits', async () => {
			const { timestamp, isGenuine } = await sent({ timestampOffsetSeconds: -600 });
			expect(isGenuine).toBe(true);
			expect(Date.now() / 1000 - Number(timestamp)).toBeGreaterThan(590);
		});

		it('can have another event and payload', async () => {
			const { body } = await sent({ event: 'transcription.paused', payload: { more: 1 } });
			expect(JSON.parse(body)).toMatchObject({ event: 'transcription.paused', more: 1 });
		});

		it('can be sent once more, byte for byte', async () => {
			const { transcription_id, body, headers } = await sent({});
			await scriptivox().sendEvent({ transcription_id, replay: true });
			expect(received[1]?.body).toBe(body);
			expect(received[1]?.headers['x-scriptivox-signature']).toBe(
				headers['x-scriptivox-signature'],
			);
		});
	});
});
