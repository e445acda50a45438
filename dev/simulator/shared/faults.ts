import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Something that goes wrong on purpose. */
export interface Fault {
	/** As statistics name it, e.g. `POST /upload`. */
	endpoint: string;
	/**
	 * - `status`: answers `status` with the provider's error envelope (`code`, `message`, `headers`)
	 * - `reset`: resets the connection: in the middle of an upload's body, or of the reply
	 * - `html`, `empty`: answers `status` (200) with a web page, with nothing
	 * - `delay`: goes on as usual after `seconds`
	 * - `patch`: lays `patch` over the reply, which must be JSON, e.g. `{ "status": "paused" }`
	 */
	kind: 'status' | 'reset' | 'html' | 'empty' | 'delay' | 'patch';
	/** `request` (default): nothing is done; `reply`: the work is done, then the reply goes wrong. */
	stage?: 'request' | 'reply';
	/** How many requests it hits, 1 unless told. */
	times?: number;
	/** Requests that pass unharmed before it begins, 0 unless told. */
	after?: number;
	status?: number;
	code?: string;
	message?: string;
	/** More reply headers, e.g. `{ "retry-after": "3" }` or `{ "location": "…" }`. */
	headers?: Record<string, string>;
	seconds?: number;
	patch?: Record<string, unknown>;
}

declare module 'fastify' {
	interface FastifyRequest {
		/** The fault that this request's reply will meet. */
		replyFault: Fault | null;
	}
}

/** How a provider words an error. */
export type ErrorBody = (status: number, code: string | undefined, message: string) => unknown;

const KINDS: ReadonlyArray<Fault['kind']> = ['status', 'reset', 'html', 'empty', 'delay', 'patch'];

/** Faults that wait for their requests. */
export class FaultQueue {
	private waiting: Array<Fault & { times: number; after: number }> = [];

	/** @param endpoints the names that a fault may give; others are refused, so that typos show */
	constructor(private readonly endpoints: readonly string[]) {}

	/** Adds a fault behind those that wait already. Throws an Error on an unknown endpoint or kind. */
	add(fault: Fault): void {
		if (!this.endpoints.includes(fault.endpoint)) {
			throw new Error(`Unknown endpoint. Known: ${this.endpoints.join(', ')}`);
		}
		if (!KINDS.includes(fault.kind)) throw new Error(`Unknown kind. Known: ${KINDS.join(', ')}`);
		this.waiting.push({ ...fault, times: fault.times ?? 1, after: fault.after ?? 0 });
	}

	/** The fault that this request meets, if any; it is used up by that. */
	take(endpoint: string): Fault | null {
		const fault = this.waiting.find((waiting) => waiting.endpoint === endpoint);
		if (!fault) return null;
		if (fault.after > 0) {
			fault.after -= 1;
			return null;
		}
		fault.times -= 1;
		if (fault.times <= 0) this.waiting = this.waiting.filter((waiting) => waiting !== fault);
		return fault;
	}

	/** Forgets all that wait. */
	reset(): void {
		this.waiting = [];
	}
}

/** Whether a fault breaks the connection while the body comes in. */
export function cutsBody(fault: Fault | null | undefined): boolean {
	return fault?.kind === 'reset' && fault.stage !== 'reply';
}

/**
 * Lets a fault happen before the work is done; one for the reply is kept for it.
 *
 * @returns true when the request is answered (or cut) and nothing else may be done with it
 */
export async function meetFault(
	fault: Fault | null | undefined,
	request: FastifyRequest,
	reply: FastifyReply,
	errorBody: ErrorBody,
): Promise<boolean> {
	if (!fault) return false;
	if (fault.stage === 'reply' || fault.kind === 'patch') {
		request.replyFault = fault;
		return false;
	}
	if (fault.kind === 'delay') {
		await sleep((fault.seconds ?? 0) * 1000);
		return false;
	}
	if (fault.kind === 'reset') {
		reply.hijack();
		request.raw.socket.resetAndDestroy();
		return true;
	}
	await reply.send(replaced(fault, reply, errorBody));
	return true;
}

/** A Fastify onSend hook's work: the payload as the request's reply fault leaves it. */
export async function meetReplyFault(
	request: FastifyRequest,
	reply: FastifyReply,
	payload: unknown,
	errorBody: ErrorBody,
): Promise<unknown> {
	const fault = request.replyFault;
	if (!fault) return payload;
	request.replyFault = null;
	if (fault.kind === 'delay') {
		await sleep((fault.seconds ?? 0) * 1000);
		return payload;
	}
	if (fault.kind === 'patch') {
		return JSON.stringify({ ...(JSON.parse(String(payload)) as object), ...fault.patch });
	}
	if (fault.kind === 'reset') return cutInHalf(request, reply, String(payload ?? ''));
	return replaced(fault, reply, errorBody);
}

function replaced(fault: Fault, reply: FastifyReply, errorBody: ErrorBody): string {
	const status = fault.status ?? (fault.kind === 'status' ? 500 : 200);
	reply.code(status).headers(fault.headers ?? {});
	if (fault.kind === 'html') {
		reply.type('text/html; charset=utf-8');
		return '<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>';
	}
	if (fault.kind === 'empty') {
		reply.removeHeader('content-type');
		return '';
	}
	reply.type('application/json; charset=utf-8');
	const message = fault.message ?? 'This failure was asked for';
	return JSON.stringify(errorBody(status, fault.code, message));
}

function cutInHalf(request: FastifyRequest, reply: FastifyReply, payload: string): Readable {
	const bytes = Buffer.from(payload);
	reply.header('content-length', bytes.length);
	async function* half() {
		yield bytes.subarray(0, Math.floor(bytes.length / 2));
		await sleep(10);
		request.raw.socket.resetAndDestroy();
		// Without an error the reply would count as sent.
		throw new Error('Reset on purpose');
	}
	return Readable.from(half());
}
