import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateCACertificate, getLocal } from 'mockttp';
import { freePort } from '../n8n/ports';

/** A proxy that plays hosts of the internet on this machine. */
export interface InterceptingProxy {
	/** Sends an n8n through it: environment variables for N8nInstance. */
	environment: Record<string, string>;
	/** Hosts that were asked for and are not played, each once; they are answered with 502. */
	unknownHosts(): string[];
	stop(): Promise<void>;
}

const certificateFile = 'intercepting-proxy.pem';

/**
 * Starts a proxy that answers for hosts of the internet, over HTTPS too: it signs a certificate for
 * each with an authority of its own, which the environment makes n8n trust. Nothing leaves this
 * machine.
 *
 * @param folder where the authority's certificate is written, absolute
 * @param hosts where each host's requests go: an http URL on loopback, whose path comes before
 * that of the request, e.g. `{ 'api.example.com': 'http://127.0.0.1:4010/example' }`
 */
export async function startInterceptingProxy(
	folder: string,
	hosts: Record<string, string>,
): Promise<InterceptingProxy> {
	const authority = await generateCACertificate({
		subject: { commonName: 'Hosts played on loopback' },
	});
	const certificate = join(folder, certificateFile);
	await writeFile(certificate, authority.cert);
	const proxy = getLocal({
		https: { cert: authority.cert, key: authority.key },
		suggestChanges: false,
	});
	await proxy.start(await freePort());
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
	const address = `http://127.0.0.1:${proxy.port}`;
	return {
		environment: {
			HTTP_PROXY: address,
			HTTPS_PROXY: address,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificate,
		},
		unknownHosts: () => [...unknown],
		stop: async () => await proxy.stop(),
	};
}
