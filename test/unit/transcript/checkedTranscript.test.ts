import { checkedTranscript } from '../../../nodes/Transcript/checkedTranscript';
import { said, transcriptOf, wordsOf } from './transcripts';

const MEETING = transcriptOf([said('Good morning.', 0, 2, 'Ann'), said('Morning!', 2, 3, 'Ben')]);

describe('a Transcript that is given', () => {
	it('is taken as it is', () => {
		expect(checkedTranscript(MEETING)).toEqual(MEETING);
	});

	it('is read from its JSON text', () => {
		expect(checkedTranscript(JSON.stringify(MEETING))).toEqual(MEETING);
	});

	it.each([
		['numbers as text', { start: '0.5', end: '2' }, { start: 0.5, end: 2 }],
		['a speaker that is a number', { speaker: 0 }, { speaker: '0' }],
		['no times', { start: undefined, end: null }, { start: null, end: null }],
		['empty times', { start: '', end: '' }, { start: null, end: null }],
	])('may have %s in a segment', (_kind, given, expected) => {
		const segment = { start: 0, end: 1, speaker: null, text: 'Hi', words: [] };

		const { segments } = checkedTranscript({ ...MEETING, segments: [{ ...segment, ...given }] });

		expect(segments).toEqual([{ ...segment, ...expected }]);
	});

	it('takes times and text of a segment from its words where it has none', () => {
		const words = wordsOf('so we begin', 7);

		const { segments } = checkedTranscript({ ...MEETING, segments: [{ words }] });

		expect(segments).toEqual([{ start: 7, end: 10, speaker: null, text: 'so we begin', words }]);
	});

	it.each([
		['no segments', { ...MEETING, segments: [] }],
		['no text either', { ...MEETING, text: null, segments: [] }],
		['an empty text', { ...MEETING, text: '', segments: [] }],
	])('may have %s', (_kind, given) => {
		expect(checkedTranscript(given)).toMatchObject({ segments: [] });
	});

	it('may be as long as two hours of talk', () => {
		const segments = Array.from({ length: 30_000 }, (_, at) => said(`So ${at}.`, at / 4, at / 4));

		expect(checkedTranscript(transcriptOf(segments)).segments).toHaveLength(30_000);
	});

	it('belongs to whatever provider it says, or to none', () => {
		expect(checkedTranscript({ ...MEETING, provider: 'another' }).provider).toBe('another');
		expect(checkedTranscript({ ...MEETING, provider: null }).provider).toBeNull();
	});

	it.each([
		['Scriptivox', { id: 'a', status: 'completed', result: { full_transcript: 'Hi' } }],
		['Whipscribe', { job_id: 'a', status: 'done', result: { text: 'Hi', segments: [] } }],
		['Transcripton', { id: 'a', status: 'done', transcription: { text: 'Hi' } }],
		['Scripe', { data: { id: 'src_1', transcript: 'Hi' } }],
	])('is none where it is the reply of %s itself, and Simplify helps', (_provider, reply) => {
		expect(() => checkedTranscript(reply)).toThrow(
			expect.objectContaining({ advice: expect.stringContaining('turn on Simplify') as string }),
		);
	});

	it.each([
		['a number', 5],
		['true', true],
		['nothing', undefined],
		['null', null],
		['a list', [MEETING]],
		['a text', 'Good morning.'],
		['an empty item', {}],
		['segments that are an object', { ...MEETING, segments: {} }],
		['a segment that is a text', { ...MEETING, segments: ['Hi'] }],
		['a time that is none', { ...MEETING, segments: [{ text: 'Hi', start: 'soon' }] }],
		['words that are a text', { ...MEETING, segments: [{ text: 'Hi', words: 'Hi' }] }],
		['a status of another kind', { ...MEETING, status: 'maybe' }],
		['a job that goes on', { ...MEETING, status: 'processing' }],
		['a job that failed', { ...MEETING, status: 'failed', error: { message: 'Too short' } }],
	])('is none where it is %s', (_kind, given) => {
		expect(() => checkedTranscript(given)).toThrow(
			expect.objectContaining({ advice: expect.stringMatching(/\.$/) as string }),
		);
	});
});
