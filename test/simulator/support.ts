import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator, type Simulator } from '../../dev/simulator/server';
import type { ScriptivoxSettings } from '../../dev/simulator/scriptivox/settings';
import type { PartialSettings } from '../../dev/simulator/shared/settings';

/** A reply as it came over the wire. */
export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed body; undefined when it is not JSON. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire has no types
	json: any;
}

/** Quick jobs and no limits: what most tests want. */
export const QUICK: PartialSettings<ScriptivoxSettings> = {
	rateLimits: { enabled: false },
	stages: {
		createdSeconds: 0.01,
		pendingSeconds: 0.01,
		downloadingSeconds: 0.01,
		processingSeconds: 0.01,
	},
};

export const KEY = 'sk_live_simulator';

/** Runs one simulator for a test file, put back to its start after each test. */
export function useSimulator(settings: PartialSettings<ScriptivoxSettings> = QUICK) {
	const running = {} as { simulator: Simulator };
	beforeAll(async () => {
		running.simulator = await startSimulator({ scriptivox: settings });
	});
	afterEach(() => running.simulator.reset());
	afterAll(async () => await running.simulator.stop());

	const scriptivox = () => running.simulator.scriptivox;

	/** One call of the API; `body` becomes JSON unless it is text. */
	async function call(
		method: string,
		path: string,
		{ body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
	): Promise<Reply> {
		const contentType: Record<string, string> =
			body === undefined ? {} : { 'content-type': 'application/json' };
		return await request(scriptivox().baseUrl + path, {
			method,
			headers: { authorization: KEY, ...contentType, ...headers },
			body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
		});
	}

	/** POST /upload and the PUT; returns the upload's id. */
	async function upload(filename: string, content: string | Buffer): Promise<string> {
		const presigned = await call('POST', '/upload', { body: { filename } });
		expect(presigned.status).toBe(200);
		const { upload_id, upload_url, headers } = presigned.json;
		const stored = await request(upload_url, { method: 'PUT', headers, body: content });
		expect(stored.status).toBe(200);
		return upload_id;
	}

	/** A whole job from bytes; returns its id without waiting for its end. */
	async function transcribe(filename: string, content: string, fields: object = {}) {
		const upload_id = await upload(filename, content);
		const started = await call('POST', '/transcribe', { body: { upload_id, ...fields } });
		expect(started.status).toBe(200);
		return started.json.id as string;
	}

	/** The job's reply once it has one of these statuses. */
	async function reached(id: string, ...statuses: string[]): Promise<Reply['json']> {
		return await until(async () => {
			const { json } = await call('GET', `/transcribe/${id}`);
			return statuses.includes(json.status) ? json : null;
		});
	}

	return { running, scriptivox, call, upload, transcribe, reached };
}

/** One request, with the reply read to its end. */
export async function request(url: string, init: RequestInit): Promise<Reply> {
	const response = await fetch(url, init);
	const text = await response.text();
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		json = undefined;
	}
	return { status: response.status, headers: response.headers, text, json };
}

/** Asks again until there is an answer; fails after ten seconds. */
export async function until<T>(ask: () => Promise<T | null> | T | null): Promise<T> {
	for (let tries = 0; tries < 500; tries += 1) {
		const answer = await ask();
		if (answer !== null) return answer;
		await sleep(20);
	}
	throw new Error('It did not happen in time');
}
