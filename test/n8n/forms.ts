import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nInstance } from '../../dev/n8n/instance';

const settleSeconds = 60;
const lookAgainMs = 200;

/** A file that somebody chooses in a form. */
export interface ChosenFile {
	name: string;
	type: string;
	bytes: Uint8Array;
}

/** What a form's last page shows. */
export interface LastPage {
	title: string;
	message: string;
}

/**
 * Opens a published form of n8n, fills it in, sends it, and waits for its last page, as a browser does.
 *
 * @param webhookId of the Form Trigger
 * @param values by the fields' labels
 * @throws Error when the form lacks a field, refuses, or has no last page within a minute
 */
export async function sendForm(
	{ url }: N8nInstance,
	webhookId: string,
	values: Record<string, string | ChosenFile>,
): Promise<LastPage> {
	const address = `${url}/form/${webhookId}`;
	const inputs = inputsOf(await (await fetch(address)).text());
	const form = new FormData();
	for (const [label, value] of Object.entries(values)) {
		const input = inputs.get(label);
		if (!input) throw new Error(`The form has no field "${label}".`);
		if (typeof value === 'string') form.append(input, value);
		else form.append(input, new Blob([value.bytes], { type: value.type }), value.name);
	}
	const reply = await fetch(address, { method: 'POST', body: form });
	const text = await reply.text();
	if (!reply.ok) throw new Error(`The form answered ${reply.status}: ${text.slice(0, 300)}`);
	const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl?: string };
	if (!formWaitingUrl) throw new Error(`The form has no last page: ${text.slice(0, 300)}`);
	return await lastPage(formWaitingUrl);
}

/** The names of a form's inputs by their labels. */
function inputsOf(page: string): Map<string, string> {
	const labels = [...page.matchAll(/<label[^>]* for='([^']+)'[^>]*>([^<]*)<\/label>/g)];
	return new Map(labels.map(([, input, label]) => [label!.trim(), input!]));
}

async function lastPage(waitingUrl: string): Promise<LastPage> {
	const statusUrl = new URL(waitingUrl);
	statusUrl.pathname += '/n8n-execution-status';
	const deadline = Date.now() + settleSeconds * 1000;
	for (;;) {
		const status = (await (await fetch(statusUrl)).text()).trim();
		if (status === 'form-waiting') break;
		if (status !== 'running' && status !== 'new' && status !== 'waiting') {
			throw new Error(`The form's execution is ${status} and shows no last page.`);
		}
		if (Date.now() > deadline) throw new Error(`The form's execution is still ${status}.`);
		await sleep(lookAgainMs);
	}
	const page = await (await fetch(waitingUrl)).text();
	// the page's own script says so that it is shown, and the execution ends
	await fetch(waitingUrl, { method: 'POST', body: '{}' });
	return { title: textIn(page, 'h1'), message: textIn(page, 'p') };
}

function textIn(page: string, tag: string): string {
	const inside = new RegExp(`<div class='header'>[\\s\\S]*?<${tag}[^>]*>([\\s\\S]*?)</${tag}>`);
	return (inside.exec(page)?.[1] ?? '').trim();
}
