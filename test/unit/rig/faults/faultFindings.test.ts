import { type Found, judged } from '../../../rig/faults/faultFindings';
import { transcriptFor } from '../../../rig/templates/folderWatcher';

const FAILURE = 'PROCESSING_ERROR';
const FAILING = `b fail-${FAILURE}`;
const content = Buffer.from('a recording');
const contents = new Map([
	['a.mp3', content],
	[`${FAILING}.mp3`, Buffer.from('another')],
]);
const TRANSCRIPT = transcriptFor(content);
const NOTE = `b.mp3\n${FAILURE}: The transcription failed`;
const sound: Found = {
	texts: { 'a.txt': TRANSCRIPT, [`failed_${FAILING}.txt`]: NOTE },
	kept: 2,
	jobs: 2,
	paidJobs: 1,
	duplicatesByContent: 0,
};

describe('what is found once the faults are over', () => {
	it('is in order when each recording has its transcript or its note, and was paid once', () => {
		expect(judged(contents, FAILURE, sound)).toEqual({ transcripts: 1, notes: 1, problems: [] });
	});

	const troubles: Array<[string, Partial<Found>, RegExp]> = [
		['no text', { texts: { 'a.txt': TRANSCRIPT } }, /^b .* has no text$/],
		['a second text', { texts: { ...sound.texts, 'failed_a.txt': NOTE } }, /^a.mp3 has two texts$/],
		['a second transcript', { texts: { ...sound.texts, 'a_2.txt': TRANSCRIPT } }, /^a_2.txt is/],
		['a text of another', { texts: { ...sound.texts, 'a.txt': 'b' } }, /^a.mp3 has another tr/],
		['no reason', { texts: { ...sound.texts, [`failed_${FAILING}.txt`]: '' } }, /another note/],
		['a recording that is gone', { kept: 1 }, /^1 recordings are kept$/],
		['a job that was started twice', { jobs: 3, duplicatesByContent: 1 }, /^3 jobs$/],
		['one that was paid twice', { paidJobs: 2 }, /^2 paid jobs$/],
	];

	it.each(troubles)('names %s', (_what, changes, problem) => {
		const { problems } = judged(contents, FAILURE, { ...sound, ...changes });
		expect(problems).toContainEqual(expect.stringMatching(problem));
	});
});
