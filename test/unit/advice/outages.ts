import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { UUID } from '../../everyOperation/operations';
import { advanceSeconds, errorOf } from '../harness';
import { answering, lookingUp, onTheInternet, runWith } from './advice';
import type { Advice, Followed, Meddle, Stage, Trial } from './advice';
import { EVERY_PROVIDER, FROM_FILE, FROM_LINK, LISTS } from './outputs';

const PAGE = '<!doctype html><title>Site</title>';
const HTML = { 'content-type': 'text/html' };

/** The provider's site, which is not its API, stands behind another path. */
const site =
	(status: number, headers: Record<string, string>): Meddle =>
	(call) =>
		answering(/ \/site\//, status, PAGE, headers)(call);
const onSite = { credential: { baseUrl: (own: string) => `${own}/site` } };
const onApi = { credential: { baseUrl: undefined } };

/** Writes that are not sent twice, as a second one may be paid for, and how to find what came of them. */
const WRITES = [
	{
		of: 'transcripton job transcribe binaryFile',
		lists: 'transcripton job getMany',
		gives: { json: { id: UUID, status: 'completed' } },
	},
	{
		of: 'transcripton job transcribe url',
		lists: 'transcripton job getMany',
		gives: { json: { id: UUID, status: 'completed' } },
	},
];

/** A provider that is off the network, and comes back. */
async function offTheNetwork(stage: Stage, trial: Trial): Promise<Followed> {
	await stage.leave();
	const { message, description } = await errorOf(runWith(stage, trial.of, {}));
	await stage.comeBack();
	const output = await runWith(stage, trial.of, {});
	return { message, description: String(description), output, expected: [trial.gives] };
}

/** A host name that this machine cannot look up until its DNS is put right. */
async function withoutDns(
	stage: Stage,
	{ of, gives }: Trial,
	code: string,
	right: object,
): Promise<Followed> {
	let isRight = false;
	const wrong = { credential: { baseUrl: onTheInternet } };
	return await lookingUp(
		() => (isRight ? undefined : code),
		async () => {
			const { message, description } = await errorOf(runWith(stage, of, wrong));
			isRight = true;
			const output = await runWith(stage, of, { ...wrong, ...right });
			return { message, description: String(description), output, expected: [gives] };
		},
	);
}

/** An appliance with a certificate that it signed itself. */
async function selfSigned(stage: Stage): Promise<Followed> {
	const folder = mkdtempSync(join(tmpdir(), 'advice-'));
	const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const certificate = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=appliance', '-days', '2'];
	execFileSync('openssl', ['req', '-x509', ...certificate, '-keyout', key, '-out', cert], {
		stdio: 'ignore',
	});
	const tls = { key: readFileSync(key), cert: readFileSync(cert) };
	const server = createServer(tls, (_request, response) => {
		response
			.setHeader('content-type', 'application/json')
			.end('{"hasNoSignal":false,"presets":[]}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const of = 'mediaScribe recording getStatus';
	try {
		const seen = await errorOf(runWith(stage, of, { credential: { baseUrl } }));
		const output = await runWith(stage, of, { credential: { baseUrl, ignoreSslIssues: true } });
		const expected = [{ json: { state: 'ready' } }];
		return { message: seen.message, description: String(seen.description), output, expected };
	} finally {
		server.closeAllConnections();
		server.close();
		rmSync(folder, { recursive: true });
	}
}

const MOST_A_MINUTE = 5;

/** A provider that takes so many requests a minute and answers 429 to the others. */
function limited(): Meddle {
	const taken: number[] = [];
	return () => {
		const now = Date.now();
		if (taken.filter((time) => time > now - 60_000).length >= MOST_A_MINUTE) {
			return { status: 429, body: {}, headers: { 'retry-after': '60' } };
		}
		taken.push(now);
		return undefined;
	};
}

/** Seven reads at once where five a minute are taken. */
async function tooMany(stage: Stage, { of, gives }: Trial, lower: object): Promise<Followed> {
	stage.meddle = limited();
	const items = async () => Array.from({ length: 7 }, () => ({ json: {} }));
	const wrong = { items, options: { maxRetries: 0, maxParallel: 1 } };
	const { message, description } = await errorOf(runWith(stage, of, wrong));
	advanceSeconds(60);
	const output = await runWith(stage, of, {
		items,
		options: { ...wrong.options, ...lower },
	});
	const expected = Array.from({ length: 7 }, () => gives);
	return { message, description: String(description), output, expected };
}

/** What stands between n8n and a provider, or a provider that is away. */
export const outages: Advice[] = [
	{
		message: '… cannot be reached at …: …',
		page: 'If the problem may pass, the nodes try again by themselves',
		panel: /the connection was refused.*Check that .* can be reached from n8n, then try again/s,
		trials: [...EVERY_PROVIDER, ...FROM_FILE, ...FROM_LINK].map((trial) => ({
			of: trial.of,
			follow: async (stage) => await offTheNetwork(stage, trial),
		})),
	},
	...['ENOTFOUND', 'EAI_AGAIN'].map((code) => ({
		message: '… cannot be reached at …: …',
		page: "Correct the credential's *Base URL*, or the DNS of the machine that runs n8n",
		panel: /(there is no host of that name|its host name could not be looked up).*Base URL/s,
		trials: EVERY_PROVIDER.flatMap((trial) =>
			[{}, onApi].map((right) => ({
				of: trial.of,
				name: code,
				follow: async (stage: Stage) => await withoutDns(stage, trial, code, right),
			})),
		),
	})),
	{
		message: '… cannot be reached at …: …',
		page: 'MediaScribe appliances often sign their own',
		panel: /its certificate is not trusted.*turn on Ignore SSL Issues in the credential/s,
		trials: [{ of: 'mediaScribe recording getStatus', follow: selfSigned }],
	},
	{
		message: '… cannot be reached at …: …',
		page: 'Correct `https://` or the port in the *Base URL*',
		panel: /it does not speak https there.*Base URL is right, its port and https:\/\/ too/s,
		trials: EVERY_PROVIDER.map((trial) => ({
			...trial,
			wrong: { credential: { baseUrl: (own: string) => own.replace('http:', 'https:') } },
			right: onApi,
		})),
	},
	{
		message: '… did not answer the request to …',
		page: 'If the request was safe to repeat, the node repeated it',
		panel: /Nothing was lost. Wait a little, then try again/,
		trials: [...EVERY_PROVIDER, FROM_LINK[0]!, FROM_LINK[1]!].map((trial) => ({
			...trial,
			passing: () => 'reset' as const,
		})),
	},
	{
		message: '… did not answer the request to …',
		page: 'the description says how to check whether the first one arrived',
		panel: /it was not sent again.*Get Many/s,
		trials: WRITES.map(({ of, lists, gives }) => ({
			of,
			passing: ({ call }: { call: string }) => (call.startsWith('POST') ? 'reset' : undefined),
			right: { of: lists },
			gives,
		})),
	},
	{
		message: '… could not serve the request to …',
		page: 'Wait a little and run the node again',
		panel: /Wait a little, then try again/,
		trials: [...EVERY_PROVIDER, FROM_LINK[0]!, FROM_LINK[1]!].map((trial) => ({
			...trial,
			passing: answering(/./, 503, {}),
		})),
	},
	{
		message: '… could not serve the request to …',
		page: 'the description says how to check first',
		panel: /it was not sent again.*Get Many/s,
		trials: WRITES.map(({ of, lists, gives }) => ({
			of,
			passing: answering(/^POST/, 500, {}),
			right: { of: lists },
			gives,
		})),
	},
	{
		message: '… sent … to the request to …',
		page: "the *Base URL* is the address of the provider's website instead of its API",
		panel: /a web page.*Check that the credential's Base URL is the API's address/s,
		trials: EVERY_PROVIDER.map((trial) => ({
			...trial,
			wrong: onSite,
			right: onApi,
			always: site(200, HTML),
		})),
	},
	{
		message: '… sent … to the request to …',
		page: 'a proxy answers with its own page',
		panel: /no proxy answers in its place/,
		trials: EVERY_PROVIDER.map((trial) => ({ ...trial, passing: answering(/./, 200, '') })),
	},
	{
		message: "…'s list has no end: …",
		page: 'Turn off *Return All* and set *Limit* to less than the number in the description',
		panel:
			/It gave [1-9]\d* entries until then.*Turn off Return All and set Limit to less than that/,
		trials: [
			{
				...LISTS[0]!,
				always: answering(/^GET/, 200, {
					items: [{ id: UUID, status: 'completed' }],
					has_more: true,
					next_cursor: 'the-same',
				}),
			},
			{
				...LISTS[3]!,
				always: answering(/^GET/, 200, {
					data: [{ id: 'job_5gH6iJ7kL8', status: 'DONE' }],
					pagination: { has_more: true, next_cursor: 'the-same' },
				}),
			},
		].map((trial) => ({
			...trial,
			wrong: { parameters: { returnAll: true } },
			right: { parameters: { returnAll: false, limit: 1 } },
		})),
	},
	{
		message: '… redirected the request to …',
		page: "Set the *Base URL* to the API's own address",
		panel: /Make sure that the credential's Base URL is the API's own address/,
		trials: EVERY_PROVIDER.map((trial) => ({
			...trial,
			wrong: onSite,
			right: onApi,
			always: site(302, { location: 'https://www.provider.example/' }),
		})),
	},
	{
		message: "…'s limit for requests to … is used up",
		page: "Lower *Requests per Minute* in the node's options",
		panel: /Lower Requests per Minute in the node's options, or run the node again later/,
		trials: LISTS.slice(0, 1).map((trial) => ({
			of: trial.of,
			name: 'seven looks where five a minute are taken',
			follow: async (stage) => await tooMany(stage, trial, { requestsPerMinute: MOST_A_MINUTE }),
		})),
	},
	{
		message: "…'s limit for requests to … is used up",
		page: 'It still said so after *Max Retries* tries',
		panel: /run the node again later/,
		trials: [...EVERY_PROVIDER, ...FROM_FILE, ...FROM_LINK].map((trial) => ({
			...trial,
			passing: answering(/./, 429, {}),
		})),
	},
];
