import type { IExecuteFunctions } from 'n8n-workflow';
import { givenTranscript } from '../../../nodes/Transcript/transcriptInput';
import { run, TALK } from './support';

describe('the field Transcript', () => {
	it.each([
		['={{ $json }}', TALK],
		['={{$json}}', TALK],
		['={{ $json.transcript }}', { transcript: TALK }],
		['={{ $json.result.transcript }}', { result: { transcript: TALK } }],
		['={{ $json["the transcript"] }}', { 'the transcript': TALK }],
		['={{ JSON.stringify($json) }}', TALK],
		[JSON.stringify(TALK), {}],
	])('may be %.40s', async (transcript, item) => {
		const [found] = await run('search', item, { transcript, query: 'begin' });

		expect(found?.json).toMatchObject({ text: 'begin' });
	});

	it.each([
		['={{ $json.none }}', 'nothing was given'],
		['={{ $json.constructor.name }}', 'nothing was given'],
		['={{ $json.text.more }}', 'nothing was given'],
	])('that leads nowhere, %s, is told', async (transcript, reason) => {
		await expect(run('toFile', TALK, { transcript })).rejects.toThrow(reason);
	});

	it('reads an item past the expressions, which cannot copy two hours of talk', () => {
		const context = {
			getNode: () => ({ parameters: { transcript: '={{ $json.transcript }}' } }),
			getInputData: () => [{ json: { transcript: TALK } }],
			getNodeParameter: () => {
				throw new Error('Expression timed out');
			},
		} as unknown as IExecuteFunctions;

		expect(givenTranscript(context, 0)).toBe(TALK);
	});
});
