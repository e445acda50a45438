/** `npm run bench`: all measurements, or those named, one after the other. */
import { installN8n } from '../n8n/install';
import type { Bench } from '../../test/bench/bench';
import { backlog } from '../../test/bench/backlog';
import { fanout } from '../../test/bench/fanout';
import { limits } from '../../test/bench/limits';
import { loading } from '../../test/bench/loading';
import { memory } from '../../test/bench/memory';
import { parked } from '../../test/bench/parked';
import { throughput } from '../../test/bench/throughput';

const benches: Record<string, Bench> = {
	loading,
	memory,
	throughput,
	limits,
	fanout,
	backlog,
	parked,
};

async function main(names: string[]): Promise<void> {
	const unknown = names.find((name) => !(name in benches));
	if (unknown) throw new Error(`There is no "${unknown}": ${Object.keys(benches).join(', ')}`);
	await installN8n();
	for (const [name, bench] of Object.entries(benches)) {
		if (names.length > 0 && !names.includes(name)) continue;
		console.log(`\n${name}: ${bench.title}`);
		for (const line of await bench.run()) console.log(`  ${line}`);
	}
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
