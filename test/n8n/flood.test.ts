import type { Gallery } from '../rig/gallery';
import { flood, type FloodOutcome, MEGABYTES_OF_NOISE } from '../rig/flood';
import {
	type Door,
	dropboxDoor,
	galleryWithDoors,
	parkedDoor,
	scriptivoxDoor,
	transcriptonDoor,
} from '../rig/floodDoors';
import { genuineRequest } from '../rig/hostileRequests';
import { executionsOf, outputOf } from '../rig/workflows';

const SEED = 20261126;
const ATTACKS = 100;

let gallery: Gallery;

beforeAll(async () => {
	gallery = await galleryWithDoors();
});

afterAll(async () => {
	await gallery?.stop();
});

describe('a flood of hostile requests', () => {
	it('starts nothing at the Scriptivox trigger, and keeps out no genuine event', async () => {
		const door = await scriptivoxDoor(gallery);

		const outcome = await flood(gallery.n8n, door.target, { seed: SEED, count: ATTACKS });
		await expectOnlyGenuine(door, outcome);
	});

	it('starts nothing at the Transcripton trigger, and keeps out no genuine event', async () => {
		const door = await transcriptonDoor(gallery);

		const outcome = await flood(gallery.n8n, door.target, { seed: SEED + 1, count: ATTACKS });
		await expectOnlyGenuine(door, outcome);
	});

	it('makes the Dropbox trigger look for nothing but genuine notifications', async () => {
		const door = await dropboxDoor(gallery);
		const before = await door.happened();

		const outcome = await flood(gallery.n8n, door.target, { seed: SEED + 2, count: ATTACKS });

		expect(outcome.letIn).toEqual({});
		expect(new Set(outcome.genuineAnswers)).toEqual(new Set([200]));
		expect((await door.happened()) - before).toBeLessThanOrEqual(door.allowed(outcome));
		expect(await gallery.n8n.client.executions.newest(door.workflowId)).toEqual([]);
	});

	it('resumes no parked execution, which a genuine callback then does', async () => {
		const { client } = gallery.n8n;
		const door = await parkedDoor(gallery);

		const outcome = await flood(gallery.n8n, door.target, { seed: SEED + 3, count: ATTACKS });

		expect(outcome.letIn).toEqual({});
		expect(new Set(outcome.genuineAnswers)).toEqual(new Set([200]));
		expect(await door.happened()).toBe(0);
		gallery.simulator.scriptivox.finishJobs();
		expect((await client.executions.end(door.executionId)).status).toBe('success');
	});

	/** Holds that each genuine event started one execution, also where it is sent again. */
	async function expectOnlyGenuine(door: Door, outcome: FloodOutcome): Promise<void> {
		const { genuine, genuineAnswers, hostile, letIn, memory } = outcome;
		const executions = await executionsOf(gallery.n8n, door.workflowId, genuine.length);
		const emitted = executions.flatMap((each) => outputOf(each, 'Trigger') ?? []);

		expect(letIn).toEqual({});
		expect(hostile).toBe(ATTACKS);
		expect(new Set(genuineAnswers)).toEqual(new Set([200]));
		expect(emitted.map(({ id }) => id).sort()).toEqual([...genuine].sort());
		expect(await door.happened()).toBe(door.allowed(outcome));
		expect(memory.at(-1)! - memory[0]!).toBeLessThan(MEGABYTES_OF_NOISE);
	}

	it('starts a genuine event once, however often it is played back', async () => {
		const { workflowId, target } = await scriptivoxDoor(gallery);
		const { headers, body } = genuineRequest(target, 'played-back');

		const answers = [];
		for (let times = 0; times < 20; times++) {
			answers.push((await fetch(target.url, { method: 'POST', headers, body })).status);
		}

		expect(new Set(answers)).toEqual(new Set([200]));
		expect(await executionsOf(gallery.n8n, workflowId, 2, 2)).toHaveLength(1);
	});
});
