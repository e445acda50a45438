import { lookUntil } from '../../../dev/lookUntil';
import type { N8nInstance } from '../../../dev/n8n/instance';

// n8n closes idle connections, now and then just as one is used again
const headers = { connection: 'close' };

/** An n8n whose forms are filled in: its client, and where its forms are reached. */
type Forms = Pick<N8nInstance, 'client' | 'url'>;

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
	n8n: Forms,
	workflowId: string,
	values: Array<FormValue | null>,
): Promise<URL> {
	const { address, form } = await filledForm(n8n, workflowId, values);
	return await send(address, form);
}

/** The same for a form that has no next page. */
export async function submitShortForm(
	n8n: Forms,
	workflowId: string,
	values: Array<FormValue | null>,
): Promise<void> {
	const { address, form } = await filledForm(n8n, workflowId, values);
	await answerTo(address, form);
}

async function filledForm(n8n: Forms, workflowId: string, values: Array<FormValue | null>) {
	const { nodes } = await n8n.client.workflow(workflowId);
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	if (!trigger?.webhookId) throw new Error('The workflow has no form.');
	return { address: `${n8n.url}/form/${trigger.webhookId}`, form: formOf(values) };
}

function formOf(values: Array<FormValue | null>): FormData {
	const form = new FormData();
	values.forEach((value, index) => {
		const field = `field-${index}`;
		if (value === null) return;
		if (typeof value === 'string') form.append(field, value);
		else form.append(field, new Blob([new Uint8Array(value.content)]), value.fileName);
	});
	return form;
}

/** Sends a form that is filled in; returns the address where the next page will be. */
async function send(address: string, form: FormData): Promise<URL> {
	const text = await answerTo(address, form);
	const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl?: string };
	if (!formWaitingUrl) throw new Error(`The form has no next page: ${text}`);
	return new URL(formWaitingUrl);
}

async function answerTo(address: string, form: FormData): Promise<string> {
	const answer = await fetch(address, { method: 'POST', headers, body: form });
	const text = await answer.text();
	if (!answer.ok) throw new Error(`The form was answered with ${answer.status}: ${text}`);
	return text;
}

/**
 * Waits for the next page of a form, as the browser does.
 *
 * @returns the page's HTML
 * @throws Error where the execution ends without one
 */
export async function nextPage(waiting: URL, longestSeconds = 60): Promise<string> {
	let status = '';
	await lookUntil(longestSeconds, async () => {
		status = await formStatus(waiting);
		return !['running', 'waiting', 'new'].includes(status) || undefined;
	});
	if (status === 'form-waiting') return await (await fetch(waiting, { headers })).text();
	throw new Error(`There is no next page: the execution is "${status}".`);
}

/**
 * Fills in a further page of a form and sends it.
 *
 * @param waiting the page's address, which is that of the next page too
 * @throws Error where n8n does not take it
 */
export async function submitPage(waiting: URL, values: Array<FormValue | null>): Promise<void> {
	const body = formOf(values);
	// n8n leads on to the next page, which is not to be sent as well
	const answer = await fetch(waiting, { method: 'POST', headers, body, redirect: 'manual' });
	if (answer.status >= 400) {
		throw new Error(`The page was answered with ${answer.status}: ${await answer.text()}`);
	}
}

/** What a last page tells: its title and its message. */
export function toldOn(page: string): string {
	return `${textIn(page, 'h1')}: ${textIn(page, 'p')}`;
}

/** The files that a last page downloads, by their names. */
export function downloadsOf(page: string): Record<string, string> {
	const [, encoded = '[]'] = /JSON\.parse\(decodeURIComponent\("([^"]*)"\)\)/.exec(page) ?? [];
	const files = JSON.parse(decodeURIComponent(encoded)) as Array<{
		fileName: string;
		data: string | { data: number[] };
	}>;
	return Object.fromEntries(files.map(({ fileName, data }) => [fileName, textOfFile(data)]));
}

function textOfFile(data: string | { data: number[] }): string {
	const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data.data);
	return bytes.toString('utf8');
}

async function formStatus(waiting: URL): Promise<string> {
	const status = new URL(waiting);
	status.pathname += '/n8n-execution-status';
	return (await (await fetch(status, { headers })).text()).trim();
}

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
	const inputs = inputsOf(await (await fetch(address, { headers })).text());
	const form = new FormData();
	for (const [label, value] of Object.entries(values)) {
		const input = inputs.get(label);
		if (!input) throw new Error(`The form has no field "${label}".`);
		if (typeof value === 'string') form.append(input, value);
		else form.append(input, new Blob([value.bytes], { type: value.type }), value.name);
	}
	return await lastPage(await send(address, form));
}

/** The names of a form's inputs by their labels. */
function inputsOf(page: string): Map<string, string> {
	const labels = [...page.matchAll(/<label[^>]* for='([^']+)'[^>]*>([^<]*)<\/label>/g)];
	return new Map(labels.map(([, input, label]) => [label!.trim(), input!]));
}

async function lastPage(waiting: URL): Promise<LastPage> {
	const page = await nextPage(waiting);
	// the page's own script says so that it is shown, and the execution ends
	await fetch(waiting, { method: 'POST', headers, body: '{}' });
	return { title: textIn(page, 'h1'), message: textIn(page, 'p') };
}

function textIn(page: string, tag: string): string {
	const inside = new RegExp(`<div class='header'>[\\s\\S]*?<${tag}[^>]*>([\\s\\S]*?)</${tag}>`);
	return (inside.exec(page)?.[1] ?? '').trim();
}
