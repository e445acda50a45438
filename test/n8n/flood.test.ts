import type { Gallery } from '../rig/templates/gallery';
import { flood, type FloodOutcome, grownBy, MEGABYTES_OF_NOISE } from '../rig/flood/flood';
import {
	type Door,
	dropboxDoor,
	galleryWithDoors,
	parkedDoor,
	peerUrl,
	scriptivoxDoor,
	transcriptonDoor,
} from '../rig/flood/floodDoors';
import { genuineRequest, HOSTILE_KINDS } from '../rig/flood/hostileRequests';
import { executionsOf, outputOf } from '../rig/workflows/workflows';

const SEED = 20261126;
const ATTACKS = 100;
/** Large bodies that n8n does not answer by itself. */
const READ_BY_A_NODE = ['a body just below the limit', 'a bomb just below the limit'];

let gallery: Gallery;
let peer: string;

beforeAll(async () => {
	gallery = await galleryWithDoors();
	peer = await peerUrl(gallery);
});

afterAll(async () => {
	await gallery?.stop();
});

describe('a flood of hostile requests', () => {
	it('starts nothing at the Scriptivox trigger, and keeps out no genuine event', async () => {
		const door = await scriptivoxDoor(gallery);

		const outcome = await flooded(door, SEED);
		await expectOnlyGenuine(door, outcome);
	});

	it('starts nothing at the Transcripton trigger, and keeps out no genuine event', async () => {
		const door = await transcriptonDoor(gallery);

		const outcome = await flooded(door, SEED + 1);
		await expectOnlyGenuine(door, outcome);
	});

	it('makes the Dropbox trigger look for nothing but genuine notifications', async () => {
		const door = await dropboxDoor(gallery);
		const before = await door.happened();
		gallery.simulator.dropbox.addFile(`${door.folder}/talk.mp3`);

		const outcome = await flooded(door, SEED + 2);

		expectKeptOut(outcome);
		const [execution, ...others] = await executionsOf(gallery.n8n, door.workflowId, 1);
		expect(outputOf(execution!, 'Trigger')).toMatchObject([{ name: 'talk.mp3' }]);
		expect(others).toEqual([]);
		const looks = (await door.happened()) - before;
		expect(looks).toBeGreaterThanOrEqual(door.due(outcome).least);
		expect(looks).toBeLessThanOrEqual(door.due(outcome).most);
	});

	it('resumes no parked execution, which a genuine callback then does', async () => {
		const { client } = gallery.n8n;
		const door = await parkedDoor(gallery);

		const outcome = await flooded(door, SEED + 3);

		expectKeptOut(outcome);
		expect(await door.happened()).toBe(0);
		gallery.simulator.scriptivox.finishJobs();
		expect((await client.executions.end(door.executionId)).status).toBe('success');
	});

	async function flooded({ target }: Door, seed: number): Promise<FloodOutcome> {
		return await flood(gallery.n8n, target, { seed, count: ATTACKS, peerUrl: peer });
	}

	/** Holds that each kind of attack came and was kept out, also by a node, and no genuine event was. */
	function expectKeptOut(outcome: FloodOutcome): void {
		const { answers, genuineAnswers, hostile, letIn } = outcome;
		expect(letIn).toEqual({});
		expect(hostile).toBe(ATTACKS);
		expect(Object.keys(answers).sort()).toEqual([...HOSTILE_KINDS].sort());
		for (const kind of READ_BY_A_NODE) {
			expect({ kind, statuses: Object.keys(answers[kind]!) }).toEqual({ kind, statuses: ['401'] });
		}
		expect(new Set(genuineAnswers)).toEqual(new Set([200]));
		expect(grownBy(outcome)).toBeLessThan(MEGABYTES_OF_NOISE);
	}

	/** Holds that each genuine event started one execution, also where it is sent again. */
	async function expectOnlyGenuine(door: Door, outcome: FloodOutcome): Promise<void> {
		const { genuine } = outcome;
		const executions = await executionsOf(gallery.n8n, door.workflowId, genuine.length);
		const emitted = executions.flatMap((each) => outputOf(each, 'Trigger') ?? []);

		expectKeptOut(outcome);
		expect(emitted.map(({ id }) => id).sort()).toEqual([...genuine].sort());
		expect(await door.happened()).toBe(door.due(outcome).most);
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
