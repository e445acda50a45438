import { Transcript } from '../../../nodes/Transcript/Transcript.node';
import { errorOf, runNode } from '../harness';
import type { Run } from '../harness';
import type { Advice, Followed } from './advice';

/** How a Transcript node is set up, and what it gets. */
type TranscriptRun = Pick<Run, 'parameters' | 'items'>;

/** A way into a message of the Transcript node, and out of it. */
interface TranscriptTrial {
	/** What tells trials of one message apart. */
	name: string;
	wrong: TranscriptRun;
	right: TranscriptRun;
	/** What the node puts out then. */
	gives: object[];
}

/** A trial of the Transcript node, which needs no provider on the stage. */
export function transcriptTrial({ name, wrong, right, gives }: TranscriptTrial) {
	const run = async (setup: TranscriptRun) => await runNode({ node: new Transcript(), ...setup });
	const follow = async (): Promise<Followed> => {
		const { message, description } = await errorOf(run(wrong));
		const output = await run(right);
		return { message, description: String(description ?? ''), output, expected: gives };
	};
	return { of: 'transcript', name, follow };
}

const GIVEN = { provider: 'probe', text: 'Hi', segments: [{ start: 0, end: 1, text: 'Hi' }] };
const FILE = [{ json: { format: 'srt', fileName: 'transcript.srt' } }];
const ofItem = (json: object, parameters = {}): TranscriptRun => ({
	parameters: { operation: 'toFile', ...parameters },
	items: [{ json: JSON.parse(JSON.stringify(json)) }],
});
const toWhole = (name: string, json: object, right = ofItem(GIVEN)) =>
	transcriptTrial({ name, wrong: ofItem(json), right, gives: FILE });
const inField = (name: string, transcript: unknown, right: string) =>
	transcriptTrial({
		name,
		wrong: ofItem({ transcript }, { transcript: '={{ $json.transcript }}' }),
		right: ofItem({ transcript }, { transcript: right }),
		gives: FILE,
	});

const CAPTIONS = '1\n00:00:01,000 --> 00:00:02,000\nHi\n';
const ofText = (text: string): TranscriptRun => ({
	parameters: { operation: 'fromCaptions', inputType: 'text', text },
});
const fromText = (name: string, text: string) =>
	transcriptTrial({
		name,
		wrong: ofText(text),
		right: ofText(CAPTIONS),
		gives: [{ json: { text: 'Hi' } }],
	});

export const transcript: Advice[] = [
	{
		message: 'There is no Transcript: …',
		page: 'needs the output of a transcription node with *Simplify* on',
		panel: /Simplify|Split Out|It says: |Wait|Filter node/,
		trials: [
			toWhole('empty', {}),
			toWhole('raw', { id: 'a', result: { full_transcript: 'Hi' } }),
			toWhole('failed before', { error: 'No balance' }),
			toWhole('under way', { ...GIVEN, status: 'processing' }),
			toWhole('failed', { ...GIVEN, status: 'failed', error: { code: null, message: 'No' } }),
			inField('list', [GIVEN], '={{ $json.transcript[0] }}'),
			transcriptTrial({
				name: 'text',
				wrong: ofItem({ ...GIVEN }, { transcript: '={{ $json.text }}' }),
				right: ofItem(GIVEN),
				gives: FILE,
			}),
		],
	},
	{
		message: '… is …, and not …',
		page: 'Fix it in the node that gives the transcript',
		panel: /Mend it in the node that gives the transcript/,
		trials: [
			toWhole('a time', { ...GIVEN, segments: [{ start: 'soon', end: 1, text: 'Hi' }] }),
			toWhole('no list', { ...GIVEN, segments: 'Hi' }),
		],
	},
	{
		message: 'The times in line … of the captions cannot be read: "…"',
		page: 'Mend that line',
		panel: /A caption begins with its times, such as 00:00:01,000 --> 00:00:02,500/,
		trials: [
			fromText('letters', '00:00:0x,000 --> 00:00:02,000\nHi'),
			fromText('an end alone', '1\n --> 00:00:02,000\nHi'),
		],
	},
	{
		message: 'Line … stands before the first times of the captions: "…"',
		page: 'A caption begins with its times',
		panel: /A caption begins with its times/,
		trials: [fromText('a title', `My film\n\n${CAPTIONS}`)],
	},
	{
		message: 'These are no captions: no line has times',
		page: 'Check that the field holds SRT or VTT',
		panel: /A caption begins with its times/,
		trials: [fromText('plain text', 'Good morning.')],
	},
	{
		message: 'There is no format "…"',
		page: 'from the list',
		panel: /Choose a Format from the list/,
		trials: [
			transcriptTrial({
				name: 'docx',
				wrong: ofItem(GIVEN, { format: 'docx' }),
				right: ofItem(GIVEN, { format: 'srt' }),
				gives: FILE,
			}),
		],
	},
	{
		message: 'There is no operation "…"',
		page: 'from the list',
		panel: /Choose an operation from the list/,
		trials: [
			transcriptTrial({
				name: 'unknown',
				wrong: ofItem(GIVEN, { operation: 'translate' }),
				right: ofItem(GIVEN),
				gives: FILE,
			}),
		],
	},
];
