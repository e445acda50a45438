import { parseArgs } from 'node:util';
import { startSimulator } from './server';

/** Runs the simulator until Ctrl-C: `npx tsx dev/simulator/main.ts --port 4010`. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { port: { type: 'string', default: '0' }, unlimited: { type: 'boolean' } },
	});
	const port = Number(values.port);
	const simulator = await startSimulator({
		port,
		scripe: values.unlimited ? { rateLimits: { enabled: false } } : {},
		scriptivox: values.unlimited ? { rateLimits: { enabled: false } } : {},
		transcripton: values.unlimited ? { rateLimits: { enabled: false } } : {},
	});
	console.log(`Simulator: ${simulator.url}`);
	console.log(`Scriptivox: base URL ${simulator.scriptivox.baseUrl}`);
	console.log(`Scriptivox: API key ${simulator.scriptivox.apiKey}`);
	console.log(`Transcripton: base URL ${simulator.transcripton.baseUrl}`);
	console.log(`Transcripton: API key ${simulator.transcripton.apiKey}`);
	console.log(`Transcripton: webhook secret ${simulator.transcripton.webhookSecret}`);
	console.log(`MediaScribe: base URL ${simulator.mediascribe.baseUrl}`);
	console.log(`MediaScribe: API token ${simulator.mediascribe.apiToken}`);
	console.log(`Whipscribe: base URL ${simulator.whipscribe.baseUrl}`);
	console.log(`Whipscribe: API key ${simulator.whipscribe.apiKey}`);
	console.log(`Scripe: base URL ${simulator.scripe.baseUrl}`);
	console.log(`Scripe: API key ${simulator.scripe.apiKey}`);
	console.log(`Counts: ${simulator.url}/control/statistics`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.stop());
	}
}

main().catch((error: NodeJS.ErrnoException) => {
	const reason = error.code === 'EADDRINUSE' ? 'The port is in use already' : error.message;
	console.error(`The simulator did not start: ${reason}`);
	process.exitCode = 1;
});
