import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { Transcript } from '../../../nodes/Transcript/Transcript.node';
import type { Transcript as CommonTranscript } from '../../../nodes/shared/transcript/transcript';
import { binaryItem, bytesOf, runNode } from '../harness';
import type { Run } from '../harness';

/** Runs an operation of the Transcript node over items of such data. */
export async function run(
	operation: string,
	given: unknown,
	parameters: INodeParameters = {},
	more: Partial<Run> = {},
): Promise<INodeExecutionData[]> {
	const items = [given].flat().map((json) => ({ json: plain(json) }));
	return await runNode({
		node: new Transcript(),
		items,
		...more,
		parameters: { operation, ...parameters },
	});
}

/** The transcript that From Captions makes of a file. */
export async function read(
	bytes: Buffer | string,
	fileName = 'film.srt',
): Promise<CommonTranscript> {
	const [item] = await runNode({
		node: new Transcript(),
		items: [await binaryItem(Buffer.from(bytes), { fileName, mimeType: 'text/plain' })],
		parameters: { operation: 'fromCaptions' },
	});
	return item!.json as unknown as CommonTranscript;
}

/** The node as n8n makes a tool of it. */
export function asTool(): Transcript {
	const node = new Transcript();
	node.description.name += 'Tool';
	return node;
}

/** The text of the file in an item's field. */
export async function textIn(item: INodeExecutionData | undefined, field = 'data') {
	return (await bytesOf(item?.binary?.[field])).toString();
}

/** A short conversation, whole in every field. */
export const TALK: CommonTranscript = {
	provider: 'probe',
	id: 'job1',
	status: 'completed',
	text: 'Good morning. Morning! Shall we begin?',
	language: 'en',
	durationSeconds: 6.5,
	speechDetected: true,
	speakers: ['Ann', 'Bob'],
	segments: [
		segment('Ann', 0, 1.5, 'Good morning.'),
		segment('Bob', 2, 2.9, 'Morning!'),
		segment('Ann', 3.5, 5.25, 'Shall we begin?'),
	],
	error: null,
	fileName: 'meeting.mp3',
};

function segment(speaker: string, start: number, end: number, text: string) {
	return { start, end, speaker, text, words: [] };
}

// as n8n keeps items: nothing but what JSON has
function plain(json: unknown): INodeExecutionData['json'] {
	return JSON.parse(JSON.stringify(json)) as INodeExecutionData['json'];
}
