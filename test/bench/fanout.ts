import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimulatorOptions } from '../../dev/simulator/server';
import { Gallery } from '../rig/templates/gallery';
import { nextPage, submitForm } from '../rig/workflows/forms';
import { runToEnd } from './bench';
import type { Bench } from './bench';
import { chain, packNode, readFiles } from './workflows';

const BYTES = 1024 * 1024;
const TIMEOUT_SECONDS = 180;
const FILE_NAME = 'recording.mp3';
// Transcripton's simulator has six stages
const SLOW: SimulatorOptions = {
	scriptivox: { stages: { processingSeconds: 20 } },
	whipscribe: { stages: { processingSeconds: 15 } },
	transcripton: { stageSeconds: 10 / 6, checkFirstBytes: false },
};
const PROVIDERS = [
	{ type: 'scriptivox', resource: 'transcription' },
	{ type: 'whipscribe', resource: 'job' },
	{ type: 'transcripton', resource: 'job' },
] as const;

/** The template compare-providers beside each of its nodes alone: is it as fast as the slowest? */
export const fanout: Bench = {
	title: 'one recording at three providers that take 20, 15 and 10 seconds',
	async run() {
		const gallery = await Gallery.start({ simulator: SLOW });
		try {
			const content = randomBytes(BYTES);
			await writeFile(join(gallery.files, FILE_NAME), content);
			const alone: number[] = [];
			for (const provider of PROVIDERS) alone.push(await secondsAlone(gallery, provider));
			const together = await secondsTogether(gallery, content);
			return report(alone, together);
		} finally {
			await gallery.stop();
		}
	},
};

/** Seconds that one node takes, from reading the file to its transcript. */
async function secondsAlone(
	gallery: Gallery,
	{ type, resource }: (typeof PROVIDERS)[number],
): Promise<number> {
	const credentialType = `${type}Api`;
	const credential = gallery.credential(credentialType);
	const { id } = await gallery.n8n.client.createWorkflow(
		chain(`${type} alone`, [
			readFiles(join(gallery.files, FILE_NAME)),
			packNode(type, credentialType, credential, {
				resource,
				operation: 'transcribe',
				inputType: 'binaryFile',
				binaryPropertyName: 'data',
				wait: 'poll',
				diarize: true,
				options: { pollIntervalSeconds: 2 },
			}),
		]),
	);
	const started = performance.now();
	await runToEnd(gallery.n8n, id, TIMEOUT_SECONDS);
	return (performance.now() - started) / 1000;
}

/** Seconds from sending the form to the page, and those of the slowest provider meanwhile. */
async function secondsTogether(
	gallery: Gallery,
	content: Buffer,
): Promise<{ wall: number; slowest: number }> {
	const id = await gallery.publishTemplate('compare-providers');
	const started = performance.now();
	const waiting = await submitForm(gallery.n8n, id, [{ fileName: FILE_NAME, content }]);
	const page = await nextPage(waiting, TIMEOUT_SECONDS);
	const seconds = (performance.now() - started) / 1000;
	const completed = page.match(/<td>completed<\/td>/g)?.length ?? 0;
	if (completed !== PROVIDERS.length) throw new Error(`${completed} providers gave a transcript`);
	const rows = await gallery.rows('Comparisons of recordings');
	return { wall: seconds, slowest: Math.max(...rows.map((row) => Number(row.seconds))) };
}

function report(alone: number[], together: { wall: number; slowest: number }): string[] {
	const sum = alone.reduce((total, seconds) => total + seconds, 0);
	const single = alone.map(
		(seconds, index) => `${PROVIDERS[index]!.type} alone: ${seconds.toFixed(1)} s`,
	);
	return [
		...single,
		`all three with compare-providers: ${together.wall.toFixed(1)} s, of which its slowest provider ${together.slowest.toFixed(1)} s`,
		`wall time: ${(together.wall / together.slowest).toFixed(2)} of its slowest provider, ${(together.wall / sum).toFixed(2)} of one after the other`,
	];
}
