import { startSimulator, type Simulator } from '../../dev/simulator/server';
import { request, until } from './support';

const [COUNCIL, PRESS] = [
	'6f1c2a90-3b5d-4e7f-8a11-000000000001',
	'6f1c2a90-3b5d-4e7f-8a11-000000000002',
];

describe('the simulated MediaScribe appliance', () => {
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator();
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	async function call(method: string, path: string, body?: unknown, headers = {}) {
		return await request(`${simulator.mediascribe.baseUrl}/api/control/${path}`, {
			method,
			headers: {
				authorization: `Bearer ${simulator.mediascribe.apiToken}`,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	}

	it('says what it is and does', async () => {
		const { status, json } = await call('GET', 'status');
		expect(status).toBe(200);
		expect(json).toEqual({
			siteName: 'Town Hall',
			presets: [
				{ id: COUNCIL, name: 'Council Chamber' },
				{ id: PRESS, name: 'Press Room' },
			],
			activePresetId: COUNCIL,
			hasNoSignal: false,
		});
	});

	it.each(['', 'wrong', 'Bearer wrong', 'Basic mediascribe-simulator-token'])(
		'refuses the authorization %j',
		async (authorization) => {
			const reply = await call('GET', 'status', undefined, { authorization });
			expect([reply.status, reply.json]).toEqual([401, { message: expect.any(String) }]);
		},
	);

	it.each(['status', 'recording'])('records between a start and a stop at %s', async (path) => {
		expect((await call('PUT', path, { action: 'start' })).status).toBeLessThan(300);
		const { json } = await call('GET', 'status');
		expect(json.recording.position).toBe(0);
		expect(json.recording.path).toMatch(/^C:\\.*\.mp4$/);
		expect((await call('PUT', path, { action: 'stop' })).status).toBeLessThan(300);
		expect((await call('GET', 'status')).json).not.toHaveProperty('recording');
		expect(simulator.mediascribe.statistics().recordings).toEqual({ started: 1, stopped: 1 });
	});

	it('counts the seconds of a recording', async () => {
		simulator.mediascribe.start();
		const status = await until(async () => {
			const { json } = await call('GET', 'status');
			return json.recording.position > 0 ? json : null;
		});
		expect(status.recording.position).toBe(1);
	});

	it.each(['status', 'recording'])('takes no second start or stop at %s', async (path) => {
		expect((await call('PUT', path, { action: 'stop' })).status).toBe(400);
		await call('PUT', path, { action: 'start' });
		expect((await call('PUT', path, { action: 'start' })).status).toBe(409);
	});

	it.each([
		[{ status: false }, 'status', 405],
		[{ recording: false }, 'recording', 404],
	])('lacks a path where it is told to: %j', async (controlPaths, path, status) => {
		simulator.mediascribe.configure({ controlPaths });
		expect((await call('PUT', path, { action: 'start' })).status).toBe(status);
		expect((await call('GET', 'status')).json).not.toHaveProperty('recording');
	});

	it('changes the preset while it is idle', async () => {
		expect((await call('PUT', 'preset', { presetId: PRESS })).status).toBe(204);
		expect((await call('GET', 'status')).json.activePresetId).toBe(PRESS);
		await call('PUT', 'status', { action: 'start' });
		expect((await call('PUT', 'preset', { presetId: COUNCIL })).status).toBe(409);
	});

	it('knows its own presets only', async () => {
		expect((await call('PUT', 'preset', { presetId: 'x' })).status).toBe(404);
	});

	it.each([
		['status', { action: 'pause' }],
		['status', []],
		['recording', { action: 1 }],
		['preset', { presetId: null }],
	])('refuses at %s the body %j', async (path, body) => {
		expect((await call('PUT', path, body)).status).toBe(422);
	});

	it('refuses a body that is not JSON', async () => {
		const type = { 'content-type': 'text/plain' };
		expect((await call('PUT', 'status', { action: 'start' }, type)).status).toBe(415);
	});

	it('shows a start late where it is told to', async () => {
		simulator.mediascribe.configure({ settleSeconds: 0.2 });
		await call('PUT', 'status', { action: 'start' });
		expect((await call('GET', 'status')).json).not.toHaveProperty('recording');
		await until(async () => (await call('GET', 'status')).json.recording ?? null);
	});

	it('is steered from the control endpoints', async () => {
		const control = (path: string, body: object) =>
			request(`${simulator.url}/control/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
		await control('settings', { mediascribe: { hasNoSignal: true, inputError: 'No video' } });
		await control('mediascribe/start', {});
		await control('fail', {
			provider: 'mediascribe',
			endpoint: 'GET /api/control/status',
			kind: 'html',
			after: 1,
		});
		expect((await call('GET', 'status')).json).toMatchObject({
			hasNoSignal: true,
			inputError: 'No video',
			recording: { position: 0 },
		});
		expect((await call('GET', 'status')).text).toContain('<html>');
	});

	it('counts requests, unknown fields and tokens in addresses', async () => {
		await call('GET', `status?token=${simulator.mediascribe.apiToken}`);
		await call('PUT', 'status', { action: 'start', preset: PRESS });
		expect(simulator.mediascribe.statistics()).toMatchObject({
			requests: { 'GET /api/control/status': 1, 'PUT /api/control/status': 1 },
			unknownFieldNames: {
				'GET /api/control/status': { token: 1 },
				'PUT /api/control/status': { preset: 1 },
			},
			tokensSeenInUrls: 1,
		});
	});
});
