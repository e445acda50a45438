import { randomUUID } from 'node:crypto';
import { Gallery } from '../../rig/templates/gallery';
import {
	countOf,
	links,
	TENFOLD_LIMITS,
	TENFOLD_SCHEDULE,
	TENFOLD_SETTINGS,
	upload,
} from '../../rig/templates/backlog';
import { EARLIER_ENGINE } from '../../rig/n8n/n8n';
import { RedisServer } from '../../rig/queue/redisServer';
import { errorsOf } from '../../rig/workflows/workflows';
import { until } from '../../rig/basics/until';

const NAME = 'rate-limited-backlog-redis';

describe('the template of a rate-limited backlog that is shared through Redis', () => {
	let redis: RedisServer;
	let gallery: Gallery;
	const workflowIds: string[] = [];

	const scriptivox = () => gallery.simulator.scriptivox;
	const submittedUrls = () =>
		scriptivox()
			.jobs()
			.map(({ url }) => String(url));

	const redisCredential = () => ({
		name: 'Redis',
		type: 'redis',
		data: { host: '127.0.0.1', port: redis.port, database: 0, user: '', password: '' },
	});

	async function importCopy(into: Gallery): Promise<string> {
		return await into.importTemplate(NAME, {
			settings: { ...TENFOLD_SETTINGS, outputFolder: into.files },
			secondsBetween: TENFOLD_SCHEDULE,
			// the node's own pacing is off: what holds the limit is Redis
			edit({ nodes }) {
				// as the editor does when it imports a workflow
				for (const node of nodes) if (node.webhookId) node.webhookId = randomUUID();
				const submit = nodes.find(({ name }) => name === 'Submit Link')!;
				submit.parameters.options = {
					...(submit.parameters.options as object),
					requestsPerMinute: 0,
				};
			},
		});
	}

	beforeAll(async () => {
		redis = await RedisServer.start();
		gallery = await Gallery.start({
			simulator: { scriptivox: TENFOLD_LIMITS },
			credentials: () => [redisCredential()],
			environment: EARLIER_ENGINE,
		});
		for (let copy = 0; copy < 2; copy++) workflowIds.push(await importCopy(gallery));
	});

	afterAll(async () => {
		await gallery?.stop();
		await redis?.stop();
	});

	it('lets two executions submit at once under one limit, each link once', async () => {
		const urls = links(50);
		for (const id of workflowIds) await gallery.n8n.client.publishWorkflow(id);
		await upload(gallery, workflowIds[0]!, 'links.csv', urls.join('\n'));
		await until('Every link is done', async () => (await countOf(gallery, 'done')) === urls.length);

		const { rateLimited, peakInWindow, duplicatesByContent } = scriptivox().statistics();
		expect(submittedUrls().sort()).toEqual(urls.sort());
		expect({ rateLimited, duplicatesByContent }).toEqual({
			rateLimited: 0,
			duplicatesByContent: 0,
		});
		expect(peakInWindow['POST /transcribe']).toBeLessThanOrEqual(60);
	});

	it('leaves keys in Redis that go away after ten minutes', async () => {
		const keys = Object.entries(await redis.keys());

		expect(keys.length).toBeGreaterThan(10);
		for (const [key, seconds] of keys) {
			expect(key).toMatch(/^transcription-backlog:scriptivox:/);
			expect(seconds).toBeGreaterThan(0);
			expect(seconds).toBeLessThanOrEqual(600);
		}
	});

	it('lets two n8n servers, each with links of its own, submit under one limit', async () => {
		const other = await Gallery.start({
			beside: gallery,
			credentials: () => [redisCredential()],
			environment: EARLIER_ENGINE,
		});
		try {
			const before = submittedUrls().length;
			const rowsBefore = await countOf(gallery, 'done');
			const otherId = await importCopy(other);
			await other.n8n.client.publishWorkflow(otherId);
			const ours = links(50, 'ours');
			const theirs = links(50, 'theirs');
			await upload(gallery, workflowIds[0]!, 'links.csv', ours.join('\n'));
			await upload(other, otherId, 'links.csv', theirs.join('\n'));
			await until(
				'The links of both are done',
				async () =>
					(await countOf(other, 'done')) === theirs.length &&
					(await countOf(gallery, 'done')) === rowsBefore + ours.length,
			);

			expect(submittedUrls().slice(before).sort()).toEqual([...ours, ...theirs].sort());
			const { rateLimited, peakInWindow } = scriptivox().statistics();
			expect(rateLimited).toBe(0);
			expect(peakInWindow['POST /transcribe']).toBeLessThanOrEqual(60);
		} finally {
			await other.stop();
		}
	});

	it('submits nothing while the password of Redis is wrong, says so, and goes on once it is right', async () => {
		const before = submittedUrls().length;
		const rowsBefore = await countOf(gallery, 'done');
		const urls = links(20, 'wrong-password');
		await redis.requirePassword('another');
		await upload(gallery, workflowIds[0]!, 'links.csv', urls.join('\n'));
		await until('A run says what is wrong', async () =>
			(await errorsOf(gallery.n8n.client, workflowIds[0]!)).some((said) => /auth/i.test(said)),
		);
		expect(submittedUrls()).toHaveLength(before);

		await redis.pause();
		await redis.resume();
		await until(
			'Every link is done',
			async () => (await countOf(gallery, 'done')) === rowsBefore + urls.length,
		);
		expect(submittedUrls().slice(before).sort()).toEqual(urls.sort());
	});

	it('submits nothing while Redis is away in the middle, and goes on when it is back, each link once', async () => {
		const before = submittedUrls().length;
		const rowsBefore = await countOf(gallery, 'done');
		const urls = links(60, 'without-redis');
		const submitted = () => submittedUrls().length - before;
		await upload(gallery, workflowIds[0]!, 'links.csv', urls.join('\n'));
		await until('Some links are submitted', () => submitted() > 5);
		await redis.pause();
		// whose slot was taken before that may still be on its way
		const beforeTheOutage = submitted();
		await until('Runs wait for Redis', async () => {
			const lists = await Promise.all(
				workflowIds.map((id) => gallery.n8n.client.executions.newest(id)),
			);
			return lists.flat().filter(({ status }) => status === 'running').length >= 4;
		});
		const made = submitted() - beforeTheOutage;

		// the counters are gone with it
		await redis.resume();
		await until(
			'Every link is done',
			async () => (await countOf(gallery, 'done')) === rowsBefore + urls.length,
		);
		expect(beforeTheOutage).toBeLessThan(urls.length);
		expect(made).toBeLessThanOrEqual(workflowIds.length);
		expect(submittedUrls().slice(before).sort()).toEqual(urls.sort());
		expect(scriptivox().statistics()).toMatchObject({ rateLimited: 0, duplicatesByContent: 0 });
	});
});
