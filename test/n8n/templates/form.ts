import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nInstance } from '../../../dev/n8n/instance';

const lookAgainMs = 200;

/** What a person enters into a field of a form: words, or a file. */
export type FormValue = string | { fileName: string; content: Buffer };

/**
 * Fills in the form of a published workflow and sends it, as the page in a browser does.
 *
 * @param values the fields' values, in the order of the form; null leaves a field empty
 * @returns the address where the next page will be
 * @throws Error where n8n does not take the form
 */
export async function submitForm(
	n8n: N8nInstance,
	workflowId: string,
	values: Array<FormValue | null>,
): Promise<URL> {
	const { nodes } = await n8n.client.workflow(workflowId);
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	if (!trigger?.webhookId) throw new Error('The workflow has no form.');
	const form = new FormData();
	values.forEach((value, index) => {
		const field = `field-${index}`;
		if (value === null) return;
		if (typeof value === 'string') form.append(field, value);
		else form.append(field, new Blob([new Uint8Array(value.content)]), value.fileName);
	});
	const answer = await fetch(`${n8n.url}/form/${trigger.webhookId}`, {
		method: 'POST',
		body: form,
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`The form was answered with ${answer.status}: ${text}`);
	const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl: string };
	return new URL(formWaitingUrl);
}

/**
 * Waits for the next page of a form, as the browser does.
 *
 * @returns the page's HTML
 * @throws Error where the execution ends without one
 */
export async function nextPage(waiting: URL, longestSeconds = 60): Promise<string> {
	const deadline = Date.now() + longestSeconds * 1000;
	for (;;) {
		const status = await formStatus(waiting);
		if (status === 'form-waiting') return await (await fetch(waiting)).text();
		if (!['running', 'waiting', 'new'].includes(status) || Date.now() > deadline) {
			throw new Error(`There is no next page: the execution is "${status}".`);
		}
		await sleep(lookAgainMs);
	}
}

async function formStatus(waiting: URL): Promise<string> {
	const status = new URL(waiting);
	status.pathname += '/n8n-execution-status';
	return (await (await fetch(status)).text()).trim();
}
