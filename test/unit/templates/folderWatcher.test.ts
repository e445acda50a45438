import { STICKY_NOTE } from '../../../dev/templates/stickyNote';
import { readTemplate } from '../../../dev/templates/template';

describe('the folder watcher without a webhook', () => {
	it('says nothing of a webhook in its settings', async () => {
		const { nodes } = await readTemplate('folder-watcher-polling');
		const settings = nodes.find(({ name }) => name === 'Settings');
		expect(JSON.stringify(settings)).not.toContain('webhook');
		expect(nodes.some(({ webhookId }) => webhookId)).toBe(false);
	});

	it('says nothing of a webhook in its notes', async () => {
		const { nodes } = await readTemplate('folder-watcher-polling');
		const notes = nodes.filter(({ type }) => type === STICKY_NOTE);

		expect(notes.length).toBeGreaterThan(3);
		expect(JSON.stringify(notes)).not.toMatch(/webhook/i);
	});
});
