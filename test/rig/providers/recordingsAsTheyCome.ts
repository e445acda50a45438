import { copyFile, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { samplesFolder } from '../../../dev/paths';
import { readFileNode, type ProviderInN8n } from './provider';
import { nodeOf, outputOf } from '../workflows/workflows';

/** Names under which a provider's output shows what it was sent. */
interface SentNames {
	/** Of a voice note that Telegram calls file_12.oga. */
	voiceNote: string;
	/** Of what an address that ends in /download gives, with the type audio/mpeg. */
	download: string;
}

/** A node that downloads a file into the field `data`. */
function downloadNode(url: string): INode {
	const options = { response: { response: { responseFormat: 'file' } } };
	return {
		...nodeOf('Download', 'n8n-nodes-base.httpRequest', { url, options }),
		typeVersion: 4.2,
	};
}

/** Runs `work` while a recording can be downloaded on loopback, without a name. */
async function whileServed(file: string, work: (url: string) => Promise<void>): Promise<void> {
	const bytes = await readFile(join(samplesFolder, file));
	const server = createServer((_request, response) => {
		response.setHeader('Content-Type', 'audio/mpeg').end(bytes);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	try {
		await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/download`);
	} finally {
		server.close();
	}
}

/**
 * Tests that recordings go through under the names that n8n's own nodes give them.
 *
 * @param transcribe a node that sends the file in `data` and waits for the transcript
 */
export function itTakesRecordingsAsTheyCome(
	provider: ProviderInN8n,
	transcribe: () => INode,
	{ voiceNote, download }: SentNames,
): void {
	it('takes a voice note of Telegram, which ends in .oga', async () => {
		const file = join(provider.files, 'file_12.oga');
		await copyFile(join(samplesFolder, 'podcast-intro.ogg'), file);

		const execution = await provider.ranByHand('Voice note', readFileNode(file), transcribe());

		expect(execution.status).toBe('success');
		expect(outputOf(execution, transcribe().name)).toMatchObject([
			{ status: 'completed', fileName: voiceNote },
		]);
	});

	it('takes a download that has a type and no name to speak of', async () => {
		await whileServed('customer interview.mp3', async (url) => {
			const execution = await provider.ranByHand('Download', downloadNode(url), transcribe());

			expect(execution.status).toBe('success');
			expect(outputOf(execution, transcribe().name)).toMatchObject([
				{ status: 'completed', fileName: download },
			]);
		});
	});
}
