import { LoggerProxy } from 'n8n-workflow';

import { advanceSeconds } from '../harness';
import { gate, published, workflow, World } from './world';

const polling = { receive: 'polling' };

/** A poll that has asked Dropbox, and is held back until the gate opens. */
async function underWay({ world, n8n }: Awaited<ReturnType<typeof published>>) {
	const { closed, open } = gate();
	const before = world.looks;
	world.gate = closed;
	n8n.tick();
	while (world.looks === before) await new Promise(setImmediate);
	return () => {
		world.gate = undefined;
		open();
	};
}

describe.each([
	['polling', polling],
	['webhook', {}],
])('a poll (%s) whose result n8n throws away', (_mode, parameters) => {
	it('is made again by the next one, where the workflow is published meanwhile', async () => {
		const one = await published(parameters);
		const { world, n8n, names } = one;
		await n8n.unpublish();
		world.addMany(12);
		await n8n.publish();
		expect(names()).toHaveLength(10);
		const goOn = await underWay(one);

		await n8n.publish();
		goOn();
		await n8n.settled();
		expect(names()).toEqual([]);

		await n8n.poll();
		expect(names()).toEqual(['10.mp3', '11.mp3']);
		await n8n.poll();
		expect(names()).toEqual([]);
	});

	it('is made again where the workflow was deactivated meanwhile', async () => {
		const one = await published(parameters);
		const { world, n8n, names } = one;
		await n8n.unpublish();
		world.addMany(12);
		await n8n.publish();
		names();
		const goOn = await underWay(one);

		await n8n.unpublish();
		goOn();
		await n8n.settled();
		expect(names()).toEqual([]);

		await n8n.publish();
		await n8n.poll();
		expect(names()).toEqual(['10.mp3', '11.mp3']);
	});
});

describe('a poll whose result n8n throws away', () => {
	it('leaves nothing in the static data for another trigger of the workflow to store', async () => {
		const one = await published(polling);
		const { world, n8n } = one;
		const stored = JSON.stringify(n8n.stored);
		world.add('talk.mp3');
		const goOn = await underWay(one);
		await n8n.publish();
		goOn();
		await n8n.settled();

		expect(JSON.stringify(n8n.stored)).toBe(stored);
	});

	it('is found by each of several publishings, and emitted once', async () => {
		const one = await published(polling);
		const { world, n8n, names } = one;
		world.add('talk.mp3');
		for (let time = 0; time < 3; time++) {
			const goOn = await underWay(one);
			const publishing = n8n.publish();
			goOn();
			await publishing;
			await n8n.settled();
			world.add(`${time}.mp3`);
		}
		await n8n.poll();
		await n8n.poll();

		expect(names()).toEqual(['talk.mp3', '0.mp3', '1.mp3', '2.mp3']);
	});
});

describe('what n8n took', () => {
	it('is not emitted again after the workflow is published, or n8n restarted', async () => {
		const { world, n8n, names } = await published(polling);
		world.add('talk.mp3');
		await n8n.poll();
		expect(names()).toEqual(['talk.mp3']);

		await n8n.publish();
		await n8n.poll();
		expect(names()).toEqual([]);

		const stored = JSON.parse(JSON.stringify(n8n.stored)) as typeof n8n.stored;
		// another process knows nothing of this one
		const other = workflow(polling);
		other.n8n.stored = stored;
		world.add('next.mp3');
		await other.n8n.publish();
		expect(other.names()).toEqual(['next.mp3']);
	});

	it('is not emitted again by a notification that comes during a poll', async () => {
		const one = await published();
		const { world, n8n, names, notify } = one;
		await n8n.unpublish();
		world.addMany(13);
		await n8n.publish();
		expect(names()).toHaveLength(10);
		const goOn = await underWay(one);
		const notified = notify();
		await new Promise(setImmediate);
		world.add('late.mp3');
		goOn();
		await n8n.settled();

		// the notification loaded what n8n had stored before the poll
		const all = [...names(), ...(await notified)];
		expect(all.sort()).toEqual(['10.mp3', '11.mp3', '12.mp3', 'late.mp3']);
		await n8n.poll();
		await n8n.poll();
		expect(names()).toEqual([]);
		expect(await notify()).toEqual([]);
	});

	it('is not lost where a notification comes after a poll whose result is thrown away', async () => {
		const one = await published();
		const { world, n8n, names, notify } = one;
		await n8n.unpublish();
		world.addMany(12);
		await n8n.publish();
		names();
		const goOn = await underWay(one);
		const notified = notify();
		await new Promise(setImmediate);
		await n8n.unpublish();
		world.add('late.mp3');
		goOn();
		await n8n.settled();
		const fromNotification = await notified;
		await n8n.publish();
		await n8n.poll();

		expect([...fromNotification, ...names()].sort()).toEqual(['10.mp3', '11.mp3', 'late.mp3']);
	});

	it('is emitted once by two notifications at once, whatever each of them loaded', async () => {
		const { world, n8n, notify } = await published();
		world.add('talk.mp3');

		expect(await Promise.all([notify(), notify(), notify()])).toEqual([['talk.mp3'], [], []]);
		await n8n.poll();
		expect(n8n.taken()).toEqual([]);
	});

	it('is found by one look more for all notifications that come while a look is under way', async () => {
		const { world, notify } = await published();
		const before = world.looks;
		const { closed, open } = gate();
		world.gate = closed;
		const first = notify();
		while (world.looks === before) await new Promise(setImmediate);

		const others = Array.from({ length: 50 }, notify);
		world.add('talk.mp3');
		open();

		expect((await Promise.all([first, ...others])).flat()).toEqual(['talk.mp3']);
		expect(world.looks - before).toBe(2);
	});
});

describe('many files at the start', () => {
	it.each([
		['polling', polling],
		['webhook', {}],
	])('are emitted bit by bit, each once (%s)', async (_mode, parameters) => {
		const { world, n8n, names } = await published(parameters);
		await n8n.unpublish();
		world.pageSize = 700;
		const added = world.addMany(1500);

		await n8n.publish();
		const emitted = names();
		expect(emitted).toHaveLength(10);
		for (let polls = 0; polls < 20; polls++) {
			await n8n.poll();
			const more = names();
			expect(more.length).toBeLessThanOrEqual(100);
			emitted.push(...more);
		}

		expect(emitted).toEqual(added);
	});

	it('have the first poll ask Dropbox once, and download nothing large', async () => {
		const { world, n8n, names } = await published({ download: 'binary' });
		await n8n.unpublish();
		world.add('small.mp3', 'large.mp3', 'other.mp3');
		world.entries[1]!.size = 2_000_000_000;
		const before = world.looks;

		await n8n.publish();
		expect(world.looks - before).toBe(1);
		expect(names()).toEqual(['small.mp3']);

		await n8n.poll();
		expect(names()).toEqual(['large.mp3', 'other.mp3']);
	});

	it('go on after a restart where they were left', async () => {
		const { world, n8n, names } = await published();
		world.addMany(250);
		await n8n.publish();
		await n8n.poll();
		const emitted = names();
		const other = workflow();
		other.n8n.stored = n8n.stored;
		await other.n8n.publish();
		for (let polls = 0; polls < 3; polls++) await other.n8n.poll();
		emitted.push(...other.names());

		expect(emitted).toHaveLength(250);
		expect(new Set(emitted).size).toBe(250);
	});

	it('are left by a look that takes too long, and come with the next', async () => {
		const { world, n8n, names } = await published(polling);
		world.pageSize = 1;
		world.addMany(6);
		world.secondsALook = 60;

		const counts = [];
		for (let polls = 0; polls < 4; polls++) {
			await n8n.poll();
			counts.push(names().length);
		}
		expect(counts).toEqual([2, 2, 2, 0]);
	});
});

describe('a look that fails', () => {
	it('is made again by the polls of a webhook until one succeeds, and told once', async () => {
		const warn = jest.spyOn(LoggerProxy, 'warn');
		const { world, n8n, names, notify } = await published();
		world.trouble = 'away';
		world.add('talk.mp3');
		await expect(notify()).rejects.toThrow('Dropbox could not serve');

		await n8n.poll();
		advanceSeconds(60);
		await n8n.poll();
		expect(n8n.errors).toEqual([]);
		world.trouble = undefined;
		advanceSeconds(180);
		await n8n.poll();

		expect(names()).toEqual(['talk.mp3']);
		const told = warn.mock.calls.filter(([message]) => message.includes('could not look'));
		expect(told.length).toBeLessThanOrEqual(1);
		const { looks } = world;
		await n8n.poll();
		expect(world.looks).toBe(looks);
	});

	it('keeps no workflow from starting that has begun before', async () => {
		const warn = jest.spyOn(LoggerProxy, 'warn');
		const { world, n8n, names } = await published();
		world.add('talk.mp3');
		world.trouble = 'away';

		const { looks } = world;
		await n8n.publish();
		expect(world.looks - looks).toBe(1);
		await n8n.poll();
		expect(warn.mock.calls.filter(([text]) => text.includes('looks again until'))).toHaveLength(1);

		world.trouble = undefined;
		advanceSeconds(60);
		await n8n.poll();
		expect(names()).toEqual(['talk.mp3']);
	});

	it('is asked for less and less often', async () => {
		const { world, n8n } = await published();
		world.trouble = 'path/not_found';
		await n8n.publish().catch(() => undefined);
		const { looks } = world;
		for (let minute = 0; minute < 120; minute++) {
			await n8n.poll();
			advanceSeconds(60);
		}

		expect(world.looks - looks).toBeLessThanOrEqual(9);
	});

	it('says at once what the user has to mend, where the workflow starts to listen', async () => {
		const { world, n8n } = await published();
		world.trouble = 'path/not_found';

		await expect(n8n.publish()).rejects.toThrow('path/not_found');
	});

	it('is a failed execution each time where the node polls', async () => {
		const { world, n8n } = await published(polling);
		world.trouble = 'path/not_found';
		await n8n.poll();
		await n8n.poll();

		expect(n8n.errors).toHaveLength(2);
	});
});

describe('a file that cannot be had', () => {
	const binary = { ...polling, download: 'binary' };

	it.each(['away', 500] as const)(
		'is tried again, last, while the others go on, and in the end emitted with its error: %s',
		async (trouble) => {
			const { world, n8n } = await published(binary);
			world.add('bad.mp3', 'good.mp3', 'other.mp3');
			world.broken.set('bad.mp3', trouble);
			await n8n.poll();
			expect(n8n.taken().map(({ json }) => json.name)).toEqual(['good.mp3', 'other.mp3']);

			world.add('later.mp3');
			await n8n.poll();
			expect(n8n.taken().map(({ json }) => json.name)).toEqual(['later.mp3']);

			for (let polls = 0; polls < 8; polls++) await n8n.poll();
			const [item, ...more] = n8n.taken();
			expect(more).toEqual([]);
			expect(item).toMatchObject({ json: { name: 'bad.mp3', error: { code: null } } });
			expect((item!.json.error as { message: string }).message).toContain('download a file');
			expect(item!.binary).toBeUndefined();
		},
	);

	it('is emitted whole where what was the matter passes', async () => {
		const { world, n8n } = await published(binary);
		world.add('talk.mp3');
		world.broken.set('talk.mp3', 'away');
		await n8n.poll();
		expect(n8n.taken()).toEqual([]);
		world.broken.clear();
		await n8n.poll();

		expect(n8n.taken()).toMatchObject([{ json: { error: null }, binary: { data: {} } }]);
	});

	it.each(['path/not_found', 'path/restricted_content'])(
		'is emitted at once with what Dropbox said, where it refuses: %s',
		async (code) => {
			const { world, n8n } = await published(binary);
			world.add('gone.mp3', 'good.mp3');
			world.broken.set('gone.mp3', code);
			await n8n.poll();

			expect(n8n.taken()).toMatchObject([
				{ json: { name: 'gone.mp3', error: { code } } },
				{ json: { name: 'good.mp3', error: null } },
			]);
		},
	);

	it('leaves the others for the next look after three that failed', async () => {
		const { world, n8n } = await published(binary);
		const names = world.addMany(20);
		names.forEach((name) => world.broken.set(name, 'away'));
		await n8n.poll();
		expect(new Set(world.downloads).size).toBe(3);
		world.broken.clear();
		await n8n.poll();

		expect(n8n.taken()).toHaveLength(20);
	});
});

describe('a list that never ends', () => {
	const repeating = { a: 'b', b: 'c', c: 'a' } as Record<string, string>;

	it.each([
		['leads to itself', () => 'same'],
		['comes again after another', (cursor: string) => (cursor === 'x' ? 'y' : 'x')],
		['comes again after two others', (cursor: string) => repeating[cursor] ?? 'a'],
		['is always another', (cursor: string) => `${cursor}0`.slice(-600)],
	])('is left, with a warning, where its cursor %s', async (_what, endless) => {
		const warn = jest.spyOn(LoggerProxy, 'warn');
		const { world, n8n } = await published(polling);
		world.endless = endless;
		await n8n.poll();

		expect(world.looks).toBeLessThanOrEqual(100);
		expect(warn.mock.calls.flat().join()).toContain("Dropbox's list");
	});
});

describe('in an n8n of several processes', () => {
	it('emits all at once where no polls come after a notification', async () => {
		const world = new World();
		const { notify } = workflow();
		await notify();
		world.addMany(250);

		expect(await notify()).toHaveLength(250);
	});
});
