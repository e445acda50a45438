import { readTemplate } from '../../../dev/templates/template';
import { pollingOnly } from '../../../dev/templates/pollingOnly';

describe('the folder watcher without a webhook', () => {
	it('is the other one without the webhook (node dev/run.mjs templates)', async () => {
		expect(await readTemplate('folder-watcher-polling')).toEqual(
			pollingOnly(await readTemplate('folder-watcher')),
		);
	});

	it('says nothing of a webhook in its settings', async () => {
		const { nodes } = await readTemplate('folder-watcher-polling');
		const settings = nodes.find(({ name }) => name === 'Settings');
		expect(JSON.stringify(settings)).not.toContain('webhook');
		expect(nodes.some(({ webhookId }) => webhookId)).toBe(false);
	});
});
