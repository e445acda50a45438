import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { SharedN8n } from '../rig/n8n/sharedN8n';
import { until } from '../rig/basics/until';
import { byHand, nodeOf, rowOf } from '../rig/workflows/workflows';

describe('an n8n that suites share', () => {
	it('is handed on empty, and still runs', async () => {
		const first = await SharedN8n.take();
		const { client } = first.n8n;
		const { pid } = first.n8n;
		await writeFile(join(first.files, 'left.txt'), 'by a suite');
		await client.credentials.create({ name: 'Key', type: 'scripeApi', data: { apiKey: 'left' } });
		await client.tables.create('Left', [{ name: 'path', type: 'string' }]);
		const waits = nodeOf('Wait', 'n8n-nodes-base.wait', { resume: 'webhook' });
		const { id } = await client.createWorkflow(rowOf('Left', byHand(), waits));
		const execution = await client.runWorkflow(id, 'By Hand');
		const statusOf = async () => (await client.executions.get(execution)).status;
		await until('it waits', async () => (await statusOf()) === 'waiting');
		await first.giveBack();

		const next = await SharedN8n.take();

		expect(next.n8n.pid).toBe(pid);
		expect(existsSync(first.files)).toBe(false);
		expect(await readdir(next.files)).toEqual([]);
		const nextClient = next.n8n.client;
		expect(await nextClient.workflows()).toEqual([]);
		expect(await nextClient.credentials.all()).toEqual([]);
		expect(await nextClient.tables.list()).toEqual([]);
		await expect(nextClient.executions.get(execution)).rejects.toThrow('404');
		await next.giveBack();
	});

	it('is ended where its proxy could not listen any more', async () => {
		const first = await SharedN8n.take({ isProxied: true });
		await first.giveBack();
		const somebody = createServer().listen(first.place!.port, '127.0.0.1');
		await once(somebody, 'listening');

		const next = await SharedN8n.take({ isProxied: true });
		somebody.close();

		expect(next.n8n.pid).not.toBe(first.n8n.pid);
		expect(next.place!.port).not.toBe(first.place!.port);
		expect(existsSync(first.root)).toBe(false);
		await next.giveBack();
	});

	it('is had by one at a time', async () => {
		const one = await SharedN8n.take();
		const other = await SharedN8n.take();
		expect(other.n8n.pid).not.toBe(one.n8n.pid);
		await one.giveBack();
		await other.giveBack();
		expect(existsSync(other.root)).toBe(false);

		const again = await SharedN8n.take();
		expect(again.n8n.pid).toBe(one.n8n.pid);
		await again.giveBack();
	});
});
