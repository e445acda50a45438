import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nInstance } from '../../dev/n8n/instance';
import { packTarball } from '../../dev/pack';

describe('the packed pack in n8n', () => {
	let folder: string;
	let n8n: N8nInstance;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-pack-'));
		n8n = await N8nInstance.start({ folder, pack: await packTarball() });
	});

	afterAll(async () => {
		await n8n?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	it('is loaded under its package name, with every node that its manifest lists', async () => {
		const types = await n8n.client.nodeTypes();
		const ours = types.filter(({ name }) => name.startsWith('n8n-nodes-transcription.'));
		const names = new Set(ours.map(({ name }) => name));
		expect(names).toContain('n8n-nodes-transcription.scriptivox');
		expect(names).toContain('n8n-nodes-transcription.scriptivoxTrigger');
	});

	it('shows the icon of a node in the editor', async () => {
		const types = await n8n.client.nodeTypes();
		const action = types.find(({ name }) => name === 'n8n-nodes-transcription.scriptivox');
		const iconUrl = action?.iconUrl;
		const light = typeof iconUrl === 'object' ? iconUrl.light : iconUrl;
		expect(light).toBeDefined();
		const answer = await fetch(new URL(light ?? '', n8n.url));
		expect(answer.status).toBe(200);
		expect(await answer.text()).toContain('<svg');
	});

	it('is still there after n8n was killed and started again', async () => {
		await n8n.kill();
		await n8n.resume();
		const types = await n8n.client.nodeTypes();
		expect(types.map(({ name }) => name)).toContain('n8n-nodes-transcription.scriptivox');
	});
});
