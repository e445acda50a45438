import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const UPLOADS_AT_ONCE = 10;
const LOOK_MS = 10_000;
const WINDOW_MS = 60_000;
const BETWEEN_POLLS_MS = 1000;

/** Where the stand-in works, and how fast it may. */
export interface VendorScriptOptions {
	baseUrl: string;
	apiKey: string;
	input: string;
	output: string;
	done: string;
	/** Requests a minute, of uploads and of starts each; 0 for no limit. */
	perMinute: number;
}

/**
 * A small stand-in for the vendor's folder-watcher script: it lists, sends ten at a time (presign, PUT,
 * start), and asks for the results. Without its errors, and without what a crash needs.
 *
 * @param isOver whether it may end
 */
export async function runVendorScript(
	options: VendorScriptOptions,
	isOver: () => Promise<boolean>,
): Promise<void> {
	const begun = new Set<string>();
	const pending = new Map<string, string>();
	const paced = { upload: pace(options.perMinute), transcribe: pace(options.perMinute) };
	const poll = async () => {
		while (!(await isOver())) {
			for (const [id, name] of [...pending]) {
				if (await finished(options, id, name)) pending.delete(id);
			}
			await sleep(BETWEEN_POLLS_MS);
		}
	};
	const look = async () => {
		while (!(await isOver())) {
			const names = (await readdir(options.input)).filter((name) => !begun.has(name));
			names.forEach((name) => begun.add(name));
			const worker = async () => {
				for (let name = names.shift(); name; name = names.shift()) {
					pending.set(await sent(options, name, paced), name);
				}
			};
			await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, worker));
			for (let waited = 0; waited < LOOK_MS && !(await isOver()); waited += 100) await sleep(100);
		}
	};
	await Promise.all([look(), poll()]);
}

type Pace = () => Promise<void>;

async function sent(
	options: VendorScriptOptions,
	name: string,
	paced: { upload: Pace; transcribe: Pace },
): Promise<string> {
	await paced.upload();
	const upload = await post(options, '/upload', { filename: name });
	const { upload_id, upload_url, headers } = upload as {
		upload_id: string;
		upload_url: string;
		headers: Record<string, string>;
	};
	const body = new Uint8Array(await readFile(join(options.input, name)));
	await fetch(upload_url, { method: 'PUT', headers, body });
	await paced.transcribe();
	const { id } = (await post(options, '/transcribe', { upload_id })) as { id: string };
	return id;
}

async function finished(
	{ baseUrl, apiKey, input, output, done }: VendorScriptOptions,
	id: string,
	name: string,
): Promise<boolean> {
	const reply = await fetch(`${baseUrl}/transcribe/${id}`, { headers: { authorization: apiKey } });
	const { status, result } = (await reply.json()) as {
		status: string;
		result?: { full_transcript: string };
	};
	if (status !== 'completed') return false;
	await writeFile(join(output, `${parse(name).name}.txt`), result?.full_transcript ?? '');
	await rename(join(input, name), join(done, name));
	return true;
}

async function post(
	{ baseUrl, apiKey }: VendorScriptOptions,
	path: string,
	body: object,
): Promise<unknown> {
	for (;;) {
		const headers = { authorization: apiKey, 'content-type': 'application/json' };
		const sending = { method: 'POST', headers, body: JSON.stringify(body) };
		const reply = await fetch(baseUrl + path, sending);
		if (reply.status !== 429) return await reply.json();
		await sleep(1000 * Number(reply.headers.get('retry-after') ?? 10));
	}
}

/** As many as the limit in a window that begins with the first; the next window is the next minute. */
function pace(perMinute: number): Pace {
	const times: number[] = [];
	return async () => {
		for (;;) {
			const now = Date.now();
			while (times[0] !== undefined && now - times[0] >= WINDOW_MS) times.shift();
			if (perMinute === 0 || times.length < perMinute) break;
			await sleep(times[0]! + WINDOW_MS - now);
		}
		times.push(Date.now());
	};
}
