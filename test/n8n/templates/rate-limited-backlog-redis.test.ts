import { randomUUID } from 'node:crypto';
import { Gallery } from '../gallery';
import {
	countOf,
	links,
	TENFOLD_LIMITS,
	TENFOLD_SCHEDULE,
	TENFOLD_SETTINGS,
	upload,
} from './backlog';
import { RedisServer } from './redisServer';

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

	beforeAll(async () => {
		redis = await RedisServer.start();
		gallery = await Gallery.start({
			simulator: { scriptivox: TENFOLD_LIMITS },
			credentials: () => [
				{
					name: 'Redis',
					type: 'redis',
					data: { host: '127.0.0.1', port: redis.port, database: 0, user: '', password: '' },
				},
			],
		});
		for (let copy = 0; copy < 2; copy++) {
			const id = await gallery.importTemplate(NAME, {
				settings: { ...TENFOLD_SETTINGS, outputFolder: gallery.files },
				secondsBetween: TENFOLD_SCHEDULE,
				// the node's own pacing is off: what holds the limit is Redis
				edit({ nodes }) {
					// as the editor does when it imports a workflow
					for (const node of nodes) if (node.webhookId) node.webhookId = randomUUID();
					const submit = nodes.find(({ name }) => name === 'Submit URL')!;
					submit.parameters.options = {
						...(submit.parameters.options as object),
						requestsPerMinute: 0,
					};
				},
			});
			workflowIds.push(id);
		}
	});

	afterAll(async () => {
		await gallery?.stop();
		await redis?.stop();
	});

	it('lets two executions submit at once under one limit, each link once', async () => {
		const urls = links(50);
		for (const id of workflowIds) await gallery.n8n.client.publishWorkflow(id);
		await upload(gallery, workflowIds[0]!, 'links.csv', urls.join('\n'));
		await gallery.until(
			'Every link is done',
			async () => (await countOf(gallery, 'done')) === urls.length,
		);

		const { rateLimited, peakInWindow, duplicatesByContent } = scriptivox().statistics();
		expect(submittedUrls().sort()).toEqual(urls.sort());
		expect({ rateLimited, duplicatesByContent }).toEqual({
			rateLimited: 0,
			duplicatesByContent: 0,
		});
		expect(peakInWindow['POST /transcribe']).toBeLessThanOrEqual(60);
	});

	it('submits nothing while Redis is away, and goes on when it is back', async () => {
		const before = submittedUrls().length;
		const urls = links(20, 'without-redis');
		await redis.pause();
		await upload(gallery, workflowIds[0]!, 'links.csv', urls.join('\n'));
		await gallery.until('Runs wait for Redis', async () => {
			const lists = await Promise.all(workflowIds.map((id) => gallery.n8n.client.executions(id)));
			return lists.flat().filter(({ status }) => status === 'running').length >= 2;
		});
		await gallery.until(
			'The links are in the table',
			async () => (await countOf(gallery, 'waiting')) === urls.length,
		);
		expect(submittedUrls()).toHaveLength(before);

		await redis.resume();
		await gallery.until(
			'Every link is done',
			async () => (await countOf(gallery, 'done')) === before + urls.length,
		);
		expect(submittedUrls().slice(before).sort()).toEqual(urls.sort());
		expect(scriptivox().statistics()).toMatchObject({ rateLimited: 0, duplicatesByContent: 0 });
	});
});
