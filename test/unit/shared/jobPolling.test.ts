import type { ICredentialType, IDataObject, INodeType, IPollFunctions } from 'n8n-workflow';

import { pollJobs } from '../../../nodes/shared/jobPolling';
import type { PolledJob, PollingRules } from '../../../nodes/shared/pollingRules';
import { advanceSeconds, pollNode } from '../harness';
import { probeProvider } from './probe';

const PAGE = 2;

const probeApi: ICredentialType = {
	name: 'probeApi',
	displayName: 'Probe API',
	properties: [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'https://probe.example' },
	],
};

interface Job extends IDataObject {
	number: number;
	ended: boolean;
}

/** A provider that lists its jobs in pages with cursors, and a trigger that polls it. */
function polled({ rules = {}, first = [] }: { rules?: object; first?: Job[] } = {}) {
	const world = { jobs: first, pagesRead: 0, jobsRead: [] as string[] };
	const staticData: IDataObject = {};
	const polledJob = (job: Job): PolledJob<Job> => ({
		id: String(job.number),
		createdAt: job.number,
		event: job.ended ? 'ended' : undefined,
		wire: job,
	});
	const probeRules: PollingRules<Job> = {
		provider: probeProvider,
		async listJobs(cursor = '0') {
			world.pagesRead += 1;
			const from = Number(cursor);
			const newestFirst = [...world.jobs].sort((a, b) => b.number - a.number);
			const next = from + PAGE < newestFirst.length ? String(from + PAGE) : undefined;
			return { entries: newestFirst.slice(from, from + PAGE).map(polledJob), next };
		},
		async readJob(id) {
			world.jobsRead.push(id);
			return polledJob(world.jobs.find(({ number }) => String(number) === id)!);
		},
		complete: async ({ wire }) => wire,
		outputOf: ({ wire }) => ({ number: wire.number }),
		...rules,
	};
	const node = {
		description: {
			displayName: 'Probe Trigger',
			name: 'probeTrigger',
			group: ['trigger'],
			version: 1,
			description: 'Polls',
			defaults: { name: 'Probe Trigger' },
			polling: true,
			inputs: [],
			outputs: ['main'],
			credentials: [{ name: 'probeApi', required: true }],
			properties: [
				{
					displayName: 'Events',
					name: 'events',
					type: 'multiOptions',
					options: [{ name: 'Ended', value: 'ended' }],
					default: ['ended'],
				},
			],
		},
		async poll(this: IPollFunctions) {
			return await pollJobs(this, probeRules);
		},
	} as unknown as INodeType;
	const poll = async () => {
		world.pagesRead = 0;
		world.jobsRead = [];
		const items = await pollNode({
			node,
			credentials: { probeApi: {} },
			credentialId: 'one',
			credentialTypes: [probeApi],
			staticData,
		});
		return items?.map(({ json }) => json.number) ?? [];
	};
	return { world, poll, staticData };
}

const jobs = (from: number, to: number, ended = true): Job[] =>
	Array.from({ length: to - from + 1 }, (_, index) => ({ number: from + index, ended }));

describe('polling a list with cursors', () => {
	it('begins with a single page', async () => {
		const { poll, world } = polled({ first: jobs(1, 9) });

		expect(await poll()).toEqual([]);
		expect(world.pagesRead).toBe(1);
	});

	it('reads on until it reaches what it knows, and emits everything on the way', async () => {
		const { poll, world } = polled({ first: jobs(1, 9) });
		await poll();
		world.jobs = jobs(1, 16);

		expect(await poll()).toEqual([10, 11, 12, 13, 14, 15, 16]);
		expect(world.pagesRead).toBe(4);
		expect(await poll()).toEqual([]);
		expect(world.pagesRead).toBe(1);
	});

	it('reaches what it knows by time where all known jobs are deleted', async () => {
		const { poll, world } = polled({ first: jobs(1, 6) });
		await poll();
		world.jobs = [...jobs(1, 4), ...jobs(7, 7)];

		expect(await poll()).toEqual([7]);
		expect(world.pagesRead).toBe(1);
	});

	it('emits a job once that comes up on two pages, because others came up meanwhile', async () => {
		const { poll, world } = polled({
			first: jobs(1, 1),
			rules: {
				listJobs: async (cursor?: string) => {
					const entry = (number: number) => ({
						id: String(number),
						createdAt: number,
						event: 'ended',
						wire: { number, ended: true },
					});
					if (world.jobs.length === 1) return { entries: [entry(1)], next: undefined };
					return cursor === undefined
						? { entries: [entry(4), entry(3)], next: 'more' }
						: { entries: [entry(3), entry(1)], next: undefined };
				},
			},
		});
		await poll();
		world.jobs = jobs(1, 4);

		expect(await poll()).toEqual([3, 4]);
	});

	it('does not read for ever where a cursor leads to itself', async () => {
		const entries = jobs(2, 3).map((wire) => ({
			id: String(wire.number),
			createdAt: null,
			event: 'ended',
			wire,
		}));
		const { poll, staticData } = polled({
			rules: { listJobs: async () => ({ entries, next: 'same' }) },
		});
		staticData.jobs = { account: 'one https://probe.example', endedIds: ['1'], endedAt: [null] };

		expect(await poll()).toEqual([3, 2]);
	});

	it('reads running jobs by their id once they are further down, 50 a poll, each in its turn', async () => {
		const { poll, world } = polled();
		await poll();
		world.jobs = jobs(1, 120, false);
		await poll();
		const read = new Set<string>();
		for (let polls = 0; polls < 3; polls++) {
			await poll();
			expect(world.jobsRead.length).toBeLessThanOrEqual(50);
			world.jobsRead.forEach((id) => read.add(id));
		}

		// the two newest are on the first page
		expect(read.size).toBe(118);
	});

	it('emits 100 jobs a poll and keeps the others for the next', async () => {
		const { poll, world } = polled();
		await poll();
		world.jobs = jobs(1, 130);

		expect(await poll()).toHaveLength(100);
		expect(await poll()).toHaveLength(30);
		expect(await poll()).toEqual([]);
	});

	it('stops in time, and keeps the rest for the next poll', async () => {
		const { poll, world } = polled({
			rules: {
				complete: async ({ wire }: PolledJob<Job>) => {
					advanceSeconds(60);
					return wire;
				},
			},
		});
		await poll();
		world.jobs = jobs(1, 6);

		const counts = [(await poll()).length, (await poll()).length, (await poll()).length];

		expect(counts).toEqual([3, 3, 0]);
	});

	it('keeps what it remembers of running jobs small', async () => {
		const { poll, world, staticData } = polled();
		for (let hundred = 0; hundred < 12; hundred++) {
			await poll();
			world.jobs = jobs(1, (hundred + 1) * 100, false);
		}
		await poll();

		const { running, gap } = staticData.jobs as { running: unknown[]; gap: boolean };
		expect(running).toHaveLength(1000);
		expect(gap).toBe(true);
	});

	it('begins again where what was stored cannot be read', async () => {
		const { poll, staticData } = polled({ first: jobs(1, 2) });
		staticData.jobs = 'nonsense';

		expect(await poll()).toEqual([]);
		expect(staticData.jobs).toMatchObject({ endedIds: ['1', '2'] });
	});
});
