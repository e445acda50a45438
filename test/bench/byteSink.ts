import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// what the providers that take forms answer to a submit
const ACCEPTED = JSON.stringify({
	id: '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d',
	job_id: '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d',
	status: 'queued',
});

/** A server that takes any upload, throws its bytes away and answers as a provider would. */
export async function startByteSink(): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer((request, response) => {
		response.setHeader('Content-Type', 'application/json');
		request.resume().on('end', () => response.end(ACCEPTED));
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
