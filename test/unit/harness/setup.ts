import nock from 'nock';
import { useBinaryStorage } from './binary';

const ignore = () => undefined;
const SILENT = { error: ignore, warn: ignore, info: ignore, debug: ignore };

// a test takes milliseconds; what it waits for on a busy machine is its turn
jest.setTimeout(30_000);

jest.mock('n8n-core', () => workerModules.require<object>('n8n-core'));

jest.mock('n8n-workflow', () => ({
	...workerModules.require<object>('n8n-workflow'),
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

beforeAll(async () => {
	nock.disableNetConnect();
	await useBinaryStorage('memory');
});

afterEach(() => {
	const unserved = nock.pendingMocks();
	nock.cleanAll();
	expect(unserved).toEqual([]);
});

afterAll(() => {
	nock.restore();
	// n8n-workflow stays for the next suite
	workerModules.require<typeof import('n8n-workflow')>('n8n-workflow').LoggerProxy.init(SILENT);
});
