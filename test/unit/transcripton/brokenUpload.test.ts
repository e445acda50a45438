import type { IncomingMessage } from 'node:http';

import { binaryItem, errorOf, runNode, useBinaryStorage, useServer } from '../harness';
import type { BinaryStorage } from '../harness';
import { Transcripton } from '../../../nodes/Transcripton/Transcripton.node';
import { expectNoSecretIn, KEY } from './support';

const server = useServer();

/** Takes so much of a request, then breaks the connection. */
function breakAfter(request: IncomingMessage, bytes: number): void {
	let received = 0;
	request.on('data', (chunk: Buffer) => {
		received += chunk.length;
		if (received >= bytes) request.socket.resetAndDestroy();
	});
}

describe.each<BinaryStorage>(['filesystem', 'memory'])('an upload from %s', (storage) => {
	beforeAll(async () => await useBinaryStorage(storage));

	it('that breaks in its middle is not sent again, and the error says so', async () => {
		let requests = 0;
		server.answer = (request) => {
			requests += 1;
			breakAfter(request, 1_000_000);
		};
		const items = [await binaryItem(Buffer.alloc(8_000_000, 'speech'), { fileName: 'a.mp3' })];

		const error = await errorOf(
			runNode({
				node: new Transcripton(),
				credentials: { transcriptonApi: { apiKey: KEY, baseUrl: server.url } },
				parameters: { resource: 'job', operation: 'transcribe' },
				items,
			}),
		);

		expect(requests).toBe(1);
		expect(error.message).toContain('Transcripton did not answer the request to start a job');
		expect(error.description).toContain('may have arrived, so it was not sent again');
		expect(error.description).toContain('Job: Get Many');
		expectNoSecretIn(error);
	});
});
