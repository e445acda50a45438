import { rmSync } from 'node:fs';
import nock from 'nock';

// a test takes milliseconds; what it waits for on a busy machine is its turn
jest.setTimeout(30_000);

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.requireActual<typeof import('./clock')>('./clock').sleep,
}));

// what moves on a line takes its real time, and so does the watch over it
jest.mock('../../../nodes/shared/http/lineTimer', () => ({
	...jest.requireActual<object>('../../../nodes/shared/http/lineTimer'),
	lineTimer: async (milliseconds: number, signal?: AbortSignal) =>
		await jest
			.requireActual<typeof import('node:timers/promises')>('node:timers/promises')
			.setTimeout(milliseconds, undefined, { signal, ref: false }),
}));

beforeAll(() => {
	nock.disableNetConnect();
});

afterEach(() => {
	const unserved = nock.pendingMocks();
	nock.cleanAll();
	expect(unserved).toEqual([]);
});

afterAll(() => {
	nock.restore();
	rmSync(process.env.N8N_USER_FOLDER!, { recursive: true, force: true });
});
