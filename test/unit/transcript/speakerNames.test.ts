import { withNames } from '../../../nodes/Transcript/speakerNames';
import { said, transcriptOf } from './transcripts';

const transcript = transcriptOf([
	said('Hello.', 0, 1, 'SPEAKER_00'),
	said('Hi.', 1, 2, 'SPEAKER_01'),
	said('Hm.', 2, 3, null),
	said('Bye.', 3, 4, 'SPEAKER_00'),
]);

const speakersAfter = (names: Array<[string, string]>) => {
	const named = withNames(
		transcript,
		names.map(([from, to]) => ({ from, to })),
	);
	return {
		...named,
		transcript: undefined,
		speakers: named.transcript.speakers,
		segments: named.transcript.segments.map(({ speaker }) => speaker),
	};
};

describe('names for speakers', () => {
	it('stand for their labels, in segments and speakers', () => {
		expect(
			speakersAfter([
				['SPEAKER_00', 'Ann'],
				['SPEAKER_01', 'Ben'],
			]),
		).toEqual({
			speakers: ['Ann', 'Ben'],
			segments: ['Ann', 'Ben', null, 'Ann'],
			labelsNotFound: [],
			labelsWithoutName: [],
		});
	});

	it('leave the rest of the transcript as it is', () => {
		const named = withNames(transcript, [{ from: 'SPEAKER_00', to: 'SPEAKER_00' }]);

		expect(named.transcript).toEqual(transcript);
		expect(transcript.speakers).toEqual(['SPEAKER_00', 'SPEAKER_01']);
	});

	it('tell labels that are not there, and labels without a name', () => {
		expect(
			speakersAfter([
				['SPEAKER_01', 'Ben'],
				['SPEAKER_02', 'Cleo'],
			]),
		).toMatchObject({
			speakers: ['SPEAKER_00', 'Ben'],
			labelsNotFound: ['SPEAKER_02'],
			labelsWithoutName: ['SPEAKER_00'],
		});
	});

	it('join labels with one name', () => {
		expect(
			speakersAfter([
				['SPEAKER_00', 'Ann'],
				['SPEAKER_01', 'Ann'],
			]),
		).toMatchObject({ speakers: ['Ann'], segments: ['Ann', 'Ann', null, 'Ann'] });
	});

	it('can be swapped', () => {
		expect(
			speakersAfter([
				['SPEAKER_00', 'SPEAKER_01'],
				['SPEAKER_01', 'SPEAKER_00'],
			]),
		).toMatchObject({ segments: ['SPEAKER_01', 'SPEAKER_00', null, 'SPEAKER_01'] });
	});

	it.each([
		['letter case', 'speaker_01'],
		['blanks around', ' SPEAKER_01\n'],
	])('find a label that is written with another %s', (_what, from) => {
		expect(speakersAfter([[from, ' Ben ']])).toMatchObject({
			speakers: ['SPEAKER_00', 'Ben'],
			labelsNotFound: [],
		});
	});

	it('prefer the label that is written in the same way', () => {
		const alike = transcriptOf([said('a', 0, 1, 'a'), said('b', 1, 2, 'A')]);

		expect(withNames(alike, [{ from: 'A', to: 'Ann' }]).transcript.speakers).toEqual(['a', 'Ann']);
	});

	it('that are empty leave their labels', () => {
		expect(speakersAfter([['SPEAKER_00', ' ']])).toMatchObject({
			speakers: ['SPEAKER_00', 'SPEAKER_01'],
			labelsNotFound: [],
			labelsWithoutName: ['SPEAKER_00', 'SPEAKER_01'],
		});
	});

	it('are not found in a transcript without speakers', () => {
		expect(withNames(transcriptOf([said('Hm.', 0, 1)]), [{ from: 'A', to: 'Ann' }])).toMatchObject({
			labelsNotFound: ['A'],
			labelsWithoutName: [],
		});
	});
});
