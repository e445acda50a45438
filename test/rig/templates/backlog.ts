import type { DataTableRow } from '../../../dev/n8n/types';
import type { Gallery } from './gallery';
import { until } from '../basics/until';

export const BACKLOG = 'Transcription backlog';

/** A minute of the provider's limits in six seconds: 60 submits a window, as many reads as there may be. */
export const TENFOLD_LIMITS = {
	rateLimits: {
		windowSeconds: 6,
		perAddress: 10_000,
		perKey: { 'POST /transcribe': 60, 'GET /transcribe/{id}': 10_000 },
	},
};

/** What a user of the tenfold limits sets: a little below 600 a minute. */
export const TENFOLD_SETTINGS = {
	perMinute: 500,
	pollsPerMinute: 600,
	retryMinutes: 0.05,
	// what is counted ends a link at once
	maxAttempts: 1,
};

export const TENFOLD_SCHEDULE = { 'Every Minute': 6 };

/** Different links to recordings. */
export function links(count: number, name = 'recording'): string[] {
	return Array.from({ length: count }, (_, index) => `https://media.example/${name}-${index}.mp3`);
}

/** Uploads a spreadsheet with the template's form. */
export async function upload(
	gallery: Gallery,
	workflowId: string,
	fileName: string,
	content: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
	const { nodes } = await gallery.n8n.client.workflow(workflowId);
	const form = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const body = new FormData();
	body.append('field-0', new Blob([content]), fileName);
	const answer = await fetch(`${gallery.url}/form/${form?.webhookId}`, {
		method: 'POST',
		body,
	});
	if (!answer.ok) throw new Error(`The form answered with ${answer.status}`);
}

/** How many rows of the backlog are in a state. */
export async function countOf(gallery: Gallery, ...states: string[]): Promise<number> {
	const rows = await gallery.rows(BACKLOG);
	return rows.filter(({ state }) => states.includes(String(state))).length;
}

/** The backlog's row of a link. */
export async function rowOf(gallery: Gallery, url: string): Promise<DataTableRow | undefined> {
	return (await gallery.rows(BACKLOG)).find((row) => row.url === url);
}

/** Presses Stop on every execution of a workflow that runs, and waits for their ends. */
export async function stopRuns(gallery: Gallery, workflowId: string): Promise<void> {
	const { client } = gallery.n8n;
	const running = async () =>
		(await client.executions.newest(workflowId)).filter(({ status }) => status === 'running');
	// one that has just ended cannot be stopped
	for (const { id } of await running()) await client.executions.stop(id).catch(() => {});
	await until('Every run has ended', async () => (await running()).length === 0);
}
