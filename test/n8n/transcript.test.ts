import type { INode, INodeParameters } from 'n8n-workflow';
import { useProvider } from '../rig/providers/provider';
import { byHand, filesOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';

const MANY = 30_000;

const transcript = (name: string, operation: string, more: INodeParameters = {}): INode =>
	nodeOf(name, 'n8n-nodes-transcription.transcript', { operation, ...more });

/** An item of two hours of talk, with words. */
const longTalk: INode = {
	...nodeOf('Long Talk', 'n8n-nodes-base.code', {
		jsCode: `
			const word = (text, start) => ({ text, start, end: start + 0.1, confidence: 0.9 });
			const segments = Array.from({ length: ${MANY} }, (_, at) => {
				const start = at / 4;
				const words = ['So', 'we', 'go', 'on.'].map((text, n) => word(text, start + n * 0.05));
				return { start, end: start + 0.25, speaker: 'S' + (at % 2), text: 'So we go on.', words };
			});
			return [{ json: { provider: 'scriptivox', status: 'completed', text: 'long', segments } }];`,
	}),
	typeVersion: 2,
};

describe('the Transcript node in n8n', () => {
	const provider = useProvider('scriptivox', 'scriptivoxApi');

	it('works on what a transcription node gives, one operation behind the other', async () => {
		const execution = await provider.ranByHand(
			'Transcripts',
			provider.readSample('morning-briefing.wav'),
			provider.action('Transcribe', 'transcription', 'transcribe', {
				diarize: true,
				options: { pollIntervalSeconds: 0.2 },
			}),
			transcript('Names', 'renameSpeakers', {
				namesFrom: 'list',
				names: { values: [{ from: 'SPEAKER 1', to: 'Ann' }] },
			}),
			transcript('Subtitles', 'toFile', { format: 'vtt', options: { fileName: 'briefing' } }),
			transcript('Read Again', 'fromCaptions', { inputType: 'binaryFile' }),
			transcript('Pieces', 'split', { maxCharacters: 60 }),
			transcript('Whole', 'merge'),
		);

		expect(execution.data.resultData.error?.message).toBeUndefined();
		const [transcribed] = outputOf(execution, 'Transcribe')!;
		expect(outputOf(execution, 'Names')![0]!.speakers).toContain('Ann');
		expect(filesOf(execution, 'Subtitles')).toEqual(['data briefing.vtt']);
		expect(outputOf(execution, 'Pieces')!.length).toBeGreaterThan(1);
		const [whole] = outputOf(execution, 'Whole')!;
		const letters = (text: unknown) => String(text).replace(/Ann:|SPEAKER \d:|[^\p{L}]/gu, '');
		expect(letters(whole!.text)).toBe(letters(transcribed!.text));
	});

	it('writes subtitles of two hours of talk', async () => {
		const row = rowOf(
			'Long',
			byHand(),
			longTalk,
			transcript('Subtitles', 'toFile', { format: 'srt' }),
		);

		const execution = await provider.ran(row);

		expect(execution.data.resultData.error?.message).toBeUndefined();
		expect(filesOf(execution, 'Subtitles')).toEqual(['data transcript.srt']);
	});
});
