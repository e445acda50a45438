import { readTemplate } from '../../../dev/templates/template';

describe('the folder watcher without a webhook', () => {
	it('says nothing of a webhook in its settings', async () => {
		const { nodes } = await readTemplate('folder-watcher-polling');
		const settings = nodes.find(({ name }) => name === 'Settings');
		expect(JSON.stringify(settings)).not.toContain('webhook');
		expect(nodes.some(({ webhookId }) => webhookId)).toBe(false);
	});
});
