/**
 * All measurements, or those named, one after the other; `npm run bench` starts this. What they print also goes into
 * docs/bench-output.md.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../dev/paths';
import { benchPage } from '../rig/measuring/benchPage';
import { today } from '../rig/measuring/today';
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
import { storage } from './storage';
import { subtitles } from './subtitles';
import { throughput } from './throughput';
import { waiting } from './waiting';
import { watcher } from './watcher';
import { workers } from './workers';
import { runProgram } from '../../dev/program';

const benches: Record<string, Bench> = {
	loading,
	memory,
	storage,
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
		const lines = await bench.run(part);
		for (const line of lines) console.log(`  ${line}`);
		const measured = { name: named, title: bench.title, lines, day: today(), machine: machine() };
		const earlier = await readFile(page, 'utf8').catch(() => '');
		await writeFile(page, benchPage(earlier, measured, all));
	}
}

const page = join(projectFolder, 'docs', 'bench-output.md');

function machine(): string {
	const cores = cpus();
	return `${cores.length} cores of ${cores[0]?.model.trim() ?? 'an unknown kind'}, Node.js ${process.version}`;
}

runProgram(async () => await main(process.argv.slice(2)));
