import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that takes any upload and throws its bytes away. */
export async function startByteSink(): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer((request, response) => {
		request.resume().on('end', () => response.end('{}'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
