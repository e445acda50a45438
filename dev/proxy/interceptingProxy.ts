import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateCACertificate, getLocal } from 'mockttp';
import { freePort } from '../n8n/ports';

/** Where a proxy listens, and who signs its certificates: the same for a later proxy in its place. */
export interface ProxyPlace {
	/** On loopback. */
	port: number;
	authority: { cert: string; key: string };
	/** Sends an n8n through it: environment variables for N8nInstance. */
	environment: Record<string, string>;
}

/** A proxy that plays hosts of the internet on this machine. */
export interface InterceptingProxy {
	/** Hosts that were asked for and are not played, each once; they are answered with 502. */
	unknownHosts(): string[];
	stop(): Promise<void>;
}

const certificateFile = 'intercepting-proxy.pem';

/**
 * Finds a place for proxies, one after the other.
 *
 * @param folder where the certificate of their authority is written, absolute
 */
export async function placeForProxy(folder: string): Promise<ProxyPlace> {
	const { cert, key } = await generateCACertificate({
		subject: { commonName: 'Hosts played on loopback' },
	});
	const certificate = join(folder, certificateFile);
	await writeFile(certificate, cert);
	const port = await freePort();
	const address = `http://127.0.0.1:${port}`;
	return {
		port,
		authority: { cert, key },
		environment: {
			HTTP_PROXY: address,
			HTTPS_PROXY: address,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificate,
		},
	};
}

/**
 * Starts a proxy that answers for hosts of the internet, over HTTPS too: it signs a certificate for
 * each with the authority of its place, which the environment makes n8n trust. Nothing leaves this
 * machine.
 *
 * @param place see placeForProxy; no other proxy is in it
 * @param hosts where each host's requests go: an http URL on loopback, whose path comes before
 * that of the request, e.g. `{ 'api.example.com': 'http://127.0.0.1:4010/example' }`
 */
export async function startInterceptingProxy(
	place: ProxyPlace,
	hosts: Record<string, string>,
): Promise<InterceptingProxy> {
	const proxy = getLocal({ https: place.authority, suggestChanges: false });
	await proxy.start(place.port);
	const unknown = new Set<string>();
	for (const [host, target] of Object.entries(hosts)) {
		const { host: targetHost, pathname } = new URL(target);
		const prefix = pathname.replace(/\/+$/, '');
		await proxy
			.forAnyRequest()
			.forHostname(host)
			.thenPassThrough({
				// a line that breaks must break here too: its error would end up in the body
				simulateConnectionErrors: true,
				transformRequest: {
					setProtocol: 'http',
					replaceHost: { targetHost },
					matchReplacePath: [[/^\/*/, `${prefix}/`]],
				},
			});
	}
	await proxy.forUnmatchedRequest().thenCallback(({ url }) => {
		unknown.add(new URL(url).hostname);
		return { statusCode: 502, body: 'This host is not played.' };
	});
	return {
		unknownHosts: () => [...unknown],
		stop: async () => await proxy.stop(),
	};
}
