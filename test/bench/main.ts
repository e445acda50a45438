/** All measurements, or those named, one after the other; `npm run bench` starts this. */
import { backlog } from './backlog';
import type { Bench } from './bench';
import { events } from './events';
import { fanout } from './fanout';
import { items } from './items';
import { limits } from './limits';
import { loading } from './loading';
import { looks } from './looks';
import { memory } from './memory';
import { parked } from './parked';
import { subtitles } from './subtitles';
import { throughput } from './throughput';
import { waiting } from './waiting';
import { watcher } from './watcher';
import { workers } from './workers';

const benches: Record<string, Bench> = {
	loading,
	memory,
	throughput,
	items,
	limits,
	fanout,
	backlog,
	events,
	waiting,
	parked,
	watcher,
	workers,
	looks,
	subtitles,
};

async function main(names: string[]): Promise<void> {
	const all = Object.entries(benches).flatMap(([name, { parts = [] }]) => [
		name,
		...parts.map((part) => `${name}:${part}`),
	]);
	const unknown = names.find((name) => !all.includes(name));
	if (unknown) throw new Error(`There is no "${unknown}": ${all.join(', ')}`);
	for (const named of names.length > 0 ? names : Object.keys(benches)) {
		const [name, part] = named.split(':');
		const bench = benches[name!]!;
		console.log(`\n${named}: ${bench.title}`);
		for (const line of await bench.run(part)) console.log(`  ${line}`);
	}
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
