import { LoggerProxy } from 'n8n-workflow';
import type { ICredentialType, INode, IDataObject, INodeType, IPollFunctions } from 'n8n-workflow';

import { apiError } from '../../../../nodes/shared/core/errors';
import { pollJobs } from '../../../../nodes/shared/polling/jobPolling';
import type { PolledJob, PollingRules } from '../../../../nodes/shared/polling/pollingRules';
import { advanceSeconds, Listening, pollNode } from '../../harness';
import { probeProvider } from '../probe';

const PAGE = 2;

const probeNode = { name: 'Probe Trigger', type: 'probe', typeVersion: 1 } as INode;

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
function polled({
	rules = {},
	first = [],
	before = () => {},
}: { rules?: object; first?: Job[]; before?: () => void } = {}) {
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
			before();
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
	const setup = {
		node,
		credentials: { probeApi: {} },
		credentialId: 'one',
		credentialTypes: [probeApi],
	};
	const poll = async () => {
		world.pagesRead = 0;
		world.jobsRead = [];
		const items = await pollNode({ ...setup, staticData });
		return items?.map(({ json }) => json.number) ?? [];
	};
	return { world, poll, staticData, n8n: new Listening(setup) };
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

	it.each([
		['back to the page before', ['a', 'b']],
		['around through three pages', ['a', 'b', 'c']],
		['back into its middle', ['a', 'b', 'c', 'd', 'b']],
		['always further', undefined],
	])('does not read for ever where cursors lead %s, and says whose list', async (_what, round) => {
		const warn = jest.spyOn(LoggerProxy, 'warn');
		let pages = 0;
		const { poll, staticData } = polled({
			rules: {
				listJobs: async () => {
					pages += 1;
					const number = pages + 1;
					const wire = { number, ended: true };
					const entries = [{ id: String(number), createdAt: null, event: 'ended', wire }];
					return { entries, next: round ? round[(pages - 1) % round.length] : `page ${pages}` };
				},
			},
		});
		staticData.jobs = { account: 'one https://probe.example', endedIds: ['1'], endedAt: [null] };

		expect(await poll()).toHaveLength(Math.min(pages, 100));
		expect(pages).toBeLessThanOrEqual(500);
		expect(warn.mock.calls.flat().join()).toContain("Probe's list of jobs does not end");
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

describe('polls whose result n8n throws away', () => {
	const numbers = (n8n: Listening) => n8n.taken().map(({ json }) => json.number);

	/** A poll that is held back while the list is read. */
	function held() {
		let open!: () => void;
		let isAsked = false;
		const closed = new Promise<void>((resolve) => {
			open = resolve;
		});
		const complete = async ({ wire }: PolledJob<Job>) => {
			isAsked = true;
			await closed;
			return wire;
		};
		return { open, complete, isAsked: () => isAsked };
	}

	it.each([
		['published anew', async (n8n: Listening) => await n8n.publish()],
		['deactivated', async (n8n: Listening) => await n8n.unpublish()],
	])('are made up for by the next one where the workflow is %s', async (_what, happens) => {
		const { open, complete, isAsked } = held();
		const { world, n8n } = polled({ first: jobs(1, 1), rules: { complete } });
		await n8n.publish();
		world.jobs = jobs(1, 3);
		n8n.tick();
		while (!isAsked()) await new Promise(setImmediate);
		// what the new one's first poll finds waits as well
		const happened = happens(n8n);
		await new Promise(setImmediate);
		open();
		await happened;
		await n8n.settled();
		await n8n.publish();
		await n8n.poll();

		expect(numbers(n8n)).toEqual([2, 3]);
	});

	it('are emitted once where a poll comes while another is under way', async () => {
		const { open, complete } = held();
		const { world, n8n } = polled({ first: jobs(1, 1), rules: { complete } });
		await n8n.publish();
		world.jobs = jobs(1, 3);
		n8n.tick();
		n8n.tick();
		open();
		await n8n.settled();
		await n8n.poll();

		expect(numbers(n8n)).toEqual([2, 3]);
	});

	it('come bit by bit where thousands ended while n8n was away', async () => {
		const { world, n8n } = polled({ first: jobs(1, 1) });
		await n8n.publish();
		await n8n.unpublish();
		world.jobs = jobs(1, 901);
		await n8n.publish();
		for (let polls = 0; polls < 20; polls++) await n8n.poll();

		expect(n8n.emitted.every((items) => items.length <= 100)).toBe(true);
		expect(new Set(numbers(n8n)).size).toBe(900);
	});
});

describe('a first poll that fails', () => {
	/** A trigger that has begun, and a provider that then answers with an error. */
	async function withFailure(httpStatus: number | null) {
		const trouble = { isThere: false };
		const one = polled({
			first: jobs(1, 1),
			before: () => {
				if (!trouble.isThere) return;
				const message = 'Probe could not be asked';
				throw apiError(probeNode, { message, code: null, httpStatus });
			},
		});
		await one.n8n.publish();
		trouble.isThere = true;
		return { ...one, trouble };
	}

	it.each([null, 503, 429, 425, 408])(
		'keeps no workflow from listening that has begun before (%s)',
		async (status) => {
			const { world, n8n, trouble } = await withFailure(status);
			await n8n.publish();
			await n8n.poll();
			expect(n8n.errors).toHaveLength(1);
			world.jobs = jobs(1, 2);
			trouble.isThere = false;
			await n8n.poll();

			expect(n8n.taken().map(({ json }) => json.number)).toEqual([2]);
		},
	);

	it.each([401, 404])('says at once what a user has to mend (%s)', async (status) => {
		const { n8n } = await withFailure(status);

		await expect(n8n.publish()).rejects.toThrow('Probe could not be asked');
	});
});
