import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeExecutionData, INodeType, IWebhookFunctions } from 'n8n-workflow';

import { receiveDelivery } from '../../../../nodes/shared/webhook/webhookReceiver';
import { callWebhook } from '../../harness';

/** A trigger of a provider that signs nothing, whose events become what the test says. */
function triggerOf(output: () => Promise<INodeExecutionData>): INodeType {
	return {
		description: {
			displayName: 'Probe Trigger',
			name: 'probeTrigger',
			group: ['trigger'],
			version: 1,
			description: '',
			defaults: { name: 'Probe Trigger' },
			inputs: [],
			outputs: ['main'],
			webhooks: [{ name: 'default', httpMethod: 'POST', path: 'webhook' }],
			properties: [
				{ displayName: 'Events', name: 'events', type: 'multiOptions', default: ['ended'] },
			],
		},
		async webhook(this: IWebhookFunctions) {
			return await receiveDelivery(this, {
				flawOf: async () => undefined,
				eventOf: ({ body }) => ({ name: 'ended', id: String(body.id), output }),
				changedKeyAdvice: '',
			});
		},
	};
}

const ITEM = { json: { emitted: true } };

describe('an event of which n8n got nothing', () => {
	it('counts as new when it comes again, and once only', async () => {
		const memory = { staticData: {} as IDataObject, nodeId: randomUUID() };
		const body = Buffer.from('{"id":"job1"}');
		const deliver = async (output: () => Promise<INodeExecutionData>) =>
			await callWebhook({ node: triggerOf(output), ...memory, body });

		await expect(deliver(() => Promise.reject(new Error('no space left')))).rejects.toThrow(
			'no space left',
		);

		expect((await deliver(async () => ITEM)).items).toEqual([ITEM]);
		expect((await deliver(async () => ITEM)).items).toBeNull();
	});
});
