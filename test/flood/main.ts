/** Floods every door of n8n and writes docs/flood.md; `npm run flood` starts this. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lookUntil } from '../../dev/lookUntil';
import { projectFolder } from '../../dev/paths';
import { flood, type FloodGiven, genuineASecond } from '../rig/flood/flood';
import {
	type Door,
	dropboxDoor,
	galleryWithDoors,
	parkedDoor,
	peerUrl,
	scriptivoxDoor,
	transcriptonDoor,
} from '../rig/flood/floodDoors';
import { type FloodedDoor, pageOf, wrongWith } from '../rig/flood/floodPage';
import type { Gallery } from '../rig/templates/gallery';
import { HOSTILE_KINDS } from '../rig/flood/hostileRequests';
import { runProgram } from '../../dev/program';

const SEED = 20261126;
const ATTACKS_A_DOOR = 5000;
const GENUINE_BEFORE = 100;
const LOOK_AGAIN_MS = 2000;
const LONGEST_SECONDS = 60;
const page = join(projectFolder, 'docs', 'flood.md');
const doors = [scriptivoxDoor, transcriptonDoor, dropboxDoor, parkedDoor];

/** Genuine events come first: they are timed, and n8n has then loaded all that it needs. */
async function floodDoor(gallery: Gallery, door: Door, given: FloodGiven): Promise<FloodedDoor> {
	const { seed, count } = given;
	const ids = Array.from(
		{ length: Math.min(count, GENUINE_BEFORE) },
		(_, number) => `alone-${seed}-${number}`,
	);
	const atFirst = await door.happened();
	const genuine = await genuineASecond(door.target, ids);
	const dueBefore = door.due({ genuine: ids, genuineAnswers: ids.map(() => 200) });
	const before = await settled(door, atFirst + dueBefore.least);
	const outcome = await flood(gallery.n8n, door.target, given);
	const due = door.due(outcome);
	const happened = (await settled(door, before + due.least)) - before;
	return {
		name: door.name,
		seed,
		outcome,
		genuineASecond: genuine,
		happened,
		due,
	};
}

/**
 * What has happened at a door, once nothing more does: n8n answers before it starts an execution.
 *
 * @param least so much is sure to come
 */
async function settled(door: Door, least: number): Promise<number> {
	await lookUntil(LONGEST_SECONDS, async () => (await door.happened()) >= least || undefined);
	for (;;) {
		const before = await door.happened();
		await sleep(LOOK_AGAIN_MS);
		if ((await door.happened()) === before) return before;
	}
}

async function main(given: string | undefined): Promise<void> {
	const count = Number(given ?? ATTACKS_A_DOOR);
	if (!Number.isInteger(count) || count <= HOSTILE_KINDS.length) {
		throw new Error(`"${given}" is no number above ${HOSTILE_KINDS.length}, of requests a door.`);
	}
	console.log('Starting n8n ...');
	const gallery = await galleryWithDoors();
	const flooded: FloodedDoor[] = [];
	try {
		const peer = await peerUrl(gallery);
		for (const [index, open] of doors.entries()) {
			const door = await floodDoor(gallery, await open(gallery), {
				seed: SEED + index,
				count,
				peerUrl: peer,
			});
			flooded.push(door);
			console.log(`${door.name}: ${door.outcome.hostile} in ${Math.round(door.outcome.seconds)} s`);
		}
	} finally {
		await gallery.stop();
	}
	await writeFile(page, pageOf(flooded));
	console.log(`Written: ${page}`);
	const wrong = flooded.flatMap(wrongWith);
	for (const line of wrong) console.error(line);
	if (wrong.length > 0) process.exitCode = 1;
}

runProgram(async () => await main(process.argv[2]));
