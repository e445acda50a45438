import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pick, randomOf } from '../basics/seededNumbers';
import type { Target } from './webhookTargets';

/** A request, and what kind of attack it is. */
export interface HostileRequest {
	kind: string;
	headers: Record<string, string>;
	body: Buffer;
	/** What is put behind the URL, in place of nothing. */
	suffix?: string;
}

const JSON_TYPE = 'application/json';
const MEGABYTE = 1024 ** 2;
/** What n8n takes at most, N8N_PAYLOAD_SIZE_MAX. */
const LARGEST_BODY = 16 * MEGABYTE;
const DEEP = 10_000;

/** Large bodies are made once, and sent rarely: they cost what they cost in the generator, too. */
const tooLarge = Buffer.alloc(LARGEST_BODY + 1, 'a');
const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE));
/** Makes an event as large as n8n still hands on to a node: it reads all of it, and parses it. */
const padding = 'a'.repeat(15.9 * MEGABYTE);
const RARE = [
	'a bomb',
	'a body beyond the limit',
	'a body just below the limit',
	'a bomb just below the limit',
];

type Made = Pick<HostileRequest, 'headers' | 'body' | 'suffix'>;
type Make = (target: Target, random: () => number, id: string) => Made;

/** Every kind of attack; none of them may start an execution. */
const KINDS: Record<string, Make> = {
	'no signature': (target, _random, id) => ({ headers: {}, body: genuine(target, id) }),
	'another key': (target, random, id) => {
		const body = genuine(target, id);
		return { headers: target.sign(body, `key-${random()}`, new Date()), body };
	},
	'an empty key': (target, _random, id) => {
		const body = genuine(target, id);
		return { headers: target.sign(body, '', new Date()), body };
	},
	'another algorithm': (target, random, id) => {
		const body = genuine(target, id);
		const algorithm = pick(random, ['sha1', 'md5', 'sha512']);
		return withSignature(target, body, hmac(algorithm, target.key, body));
	},
	'a cut signature': changedSignature((signature, random) =>
		signature.slice(0, Math.floor(random() * signature.length)),
	),
	'an overlong signature': changedSignature((signature) => signature + signature),
	'a very long signature': changedSignature(() => 'a'.repeat(8000)),
	'no hexadecimal digits': changedSignature((signature) => signature.replace(/[0-9a-f]/g, 'g')),
	'a digit altered': changedSignature((signature, random) => {
		const at = Math.floor(random() * signature.length);
		const digit = ((Number.parseInt(signature[at]!, 16) + 1) % 16).toString(16);
		return signature.slice(0, at) + digit + signature.slice(at + 1);
	}),
	'two signatures, both wrong': changedSignature((signature) => {
		const wrong = signature.split('').reverse().join('');
		return `${wrong}x, ${'0'.repeat(64)}`;
	}),
	'the word of a type': changedSignature((_signature, random) =>
		pick(random, ['null', 'undefined', '[object Object]', 'true', '{}', '__proto__']),
	),
	'a timestamp that is old': moved(-24 * 3600),
	'a timestamp to come': moved(24 * 3600),
	'a timestamp of text': changedTimestamp(() => 'yesterday'),
	'a timestamp below zero': changedTimestamp(() => '-1'),
	'a timestamp beyond numbers': changedTimestamp(() => '9'.repeat(400)),
	'no timestamp': (target, _random, id) => {
		const body = genuine(target, id);
		const headers = target.sign(body, target.key, new Date());
		const others = Object.entries(headers).filter(([name]) => !name.endsWith('timestamp'));
		const untimed = others.length < Object.keys(headers).length;
		return { headers: untimed ? Object.fromEntries(others) : {}, body };
	},
	'a byte altered': changedBody((body, random) => {
		const altered = Buffer.from(body);
		const at = Math.floor(random() * altered.length);
		altered[at] = altered[at]! ^ 1;
		return altered;
	}),
	'a byte appended': changedBody((body) => Buffer.concat([body, Buffer.from(' ')])),
	'written anew': changedBody((body) =>
		Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)),
	),
	'no JSON': changedBody(() => Buffer.from('{"event": ')),
	'an empty body': changedBody(() => Buffer.alloc(0)),
	'deep JSON': changedBody(() => Buffer.from('['.repeat(DEEP) + ']'.repeat(DEEP))),
	'keys of prototypes': changedBody((body) => {
		const event = JSON.stringify(JSON.parse(body.toString())).slice(1);
		const evil = '"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},';
		return Buffer.from(`{${evil}${event}`);
	}),
	'another content type': (target, random, id) => ({
		headers: {
			'content-type': pick(random, [
				'text/plain',
				'application/xml',
				'application/x-www-form-urlencoded',
				'application/json; charset=utf-16',
				'application/json; charset=none-such',
				'',
			]),
		},
		body: genuine(target, id),
	}),
	'a form that ends early': (target, _random, id) => ({
		headers: { 'content-type': 'multipart/form-data; boundary=x' },
		body: Buffer.concat([Buffer.from('--x\r\n'), genuine(target, id)]),
	}),
	'tricks with the path': (target, random, id) => {
		const body = genuine(target, `../../${id}`);
		const suffix = pick(random, [
			'/..%2f..%2frest%2flogin',
			'/%2e%2e%5c',
			'//',
			'/%00',
			'/%',
			'?__proto__[isAdmin]=true',
			'?constructor[prototype][isAdmin]=true',
		]);
		return { headers: target.sign(body, `key-${random()}`, new Date()), body, suffix };
	},
	'compression that is none': (target, random, id) => ({
		headers: { 'content-encoding': pick(random, ['gzip', 'deflate']) },
		body: genuine(target, id),
	}),
	'compression that n8n does not know': (target, random, id) => ({
		headers: { 'content-encoding': pick(random, ['br', 'none-such']) },
		body: genuine(target, id),
	}),
	'a bomb': () => ({ headers: { 'content-encoding': 'gzip' }, body: bomb }),
	'a body beyond the limit': () => ({ headers: {}, body: tooLarge }),
	'a body just below the limit': (target, random, id) => {
		const body = padded(target, id);
		return { headers: target.sign(body, `key-${random()}`, new Date()), body };
	},
	'a bomb just below the limit': (target, random, id) => {
		const body = padded(target, id);
		const headers = target.sign(body, `key-${random()}`, new Date());
		return { headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) };
	},
};

/** The names of all kinds. */
export const HOSTILE_KINDS: readonly string[] = Object.keys(KINDS);

/** How often a large body is sent: a bomb costs n8n a second before any node sees it. */
const ONE_IN = 200;

/**
 * Attacks on a webhook, the same ones for the same seed: first one of each kind, then any.
 *
 * @param count how many, at least as many as there are kinds
 */
export function* hostileRequests(
	target: Target,
	seed: number,
	count: number,
): Generator<HostileRequest> {
	const random = randomOf(seed);
	const usual = HOSTILE_KINDS.filter((kind) => !RARE.includes(kind));
	for (let number = 0; number < count; number++) {
		const kinds = number % ONE_IN === ONE_IN - 1 ? RARE : usual;
		const kind = HOSTILE_KINDS[number] ?? pick(random, kinds);
		const made = KINDS[kind]!(target, random, `hostile-${seed}-${number}`);
		yield { kind, ...made, headers: { 'content-type': JSON_TYPE, ...made.headers } };
	}
}

/** A genuine event as its provider sends it. */
export function genuineRequest(target: Target, id: string): Made {
	const body = genuine(target, id);
	return {
		headers: { 'content-type': JSON_TYPE, ...target.sign(body, target.key, new Date()) },
		body,
	};
}

function genuine({ event }: Target, id: string, sentAt = new Date()): Buffer {
	return Buffer.from(JSON.stringify(event(id, sentAt)));
}

function padded({ event }: Target, id: string): Buffer {
	return Buffer.from(JSON.stringify({ ...event(id, new Date()), padding }));
}

function withSignature(target: Target, body: Buffer, signature: string): Made {
	const headers = target.sign(body, target.key, new Date());
	return { headers: { ...headers, [target.signatureHeader]: signature }, body };
}

function changedSignature(change: (signature: string, random: () => number) => string): Make {
	return (target, random, id) => {
		const body = genuine(target, id);
		const right = target.sign(body, target.key, new Date())[target.signatureHeader]!;
		return withSignature(target, body, change(right, random));
	};
}

/** A genuine event of another time; where the provider signs no time, one without a signature. */
function moved(seconds: number): Make {
	return (target, _random, id) => {
		const sentAt = new Date(Date.now() + seconds * 1000);
		const body = genuine(target, id, sentAt);
		const headers = target.sign(body, target.key, sentAt);
		return { headers: target.isTimed ? headers : {}, body };
	};
}

function changedTimestamp(change: () => string): Make {
	return (target, _random, id) => {
		const body = genuine(target, id);
		const headers = target.sign(body, target.key, new Date());
		const timed = Object.keys(headers).find((name) => name.endsWith('timestamp'));
		return { headers: timed ? { ...headers, [timed]: change() } : {}, body };
	};
}

/** The signature of a genuine event over another body. */
function changedBody(change: (body: Buffer, random: () => number) => Buffer): Make {
	return (target, random, id) => {
		const body = genuine(target, id);
		return { headers: target.sign(body, target.key, new Date()), body: change(body, random) };
	};
}

function hmac(algorithm: string, key: string, message: Buffer): string {
	return createHmac(algorithm, key).update(message).digest('hex');
}
