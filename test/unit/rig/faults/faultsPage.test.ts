import { DRIVE, faultsPage, type KeptOutcome, PARKED } from '../../../rig/faults/faultsPage';

const outcome = (name: string, changes: Partial<KeptOutcome> = {}): KeptOutcome => ({
	name,
	day: '2026-01-31',
	seed: Number(name) || 1,
	faults: ['main killed'],
	leftOut: [],
	files: 200,
	transcripts: 190,
	notes: 10,
	paidJobs: 190,
	secondsAfter: 99,
	problems: [],
	...changes,
});
const parked = (changes: Partial<KeptOutcome>) => outcome(PARKED, { files: 300, ...changes });

describe('the page of what faults did', () => {
	it('has a line with the day for each seed, and says for how many all held', () => {
		const page = faultsPage([outcome('1'), outcome('2', { problems: ['3 paid jobs'] })]);

		expect(page).toContain('| 1 | main killed | 200 | 190 | 10 | 190 | 99 | 2026-01-31 |');
		expect(page).toContain('**All of this held for 1 of 2 seeds.**');
		expect(page).toContain('- Seed 2: 3 paid jobs');
	});

	it('says of parked executions how many went on, and by whose help', () => {
		const page = faultsPage([
			parked({ transcripts: 300, retried: 24, notes: 0, secondsAfter: 77 }),
		]);

		expect(page).toContain('**All of this held, 77 s after the last fault: 300 of 300 executions');
		expect(page).toContain('24 of those that went on were retried by *Failed jobs*');
		expect(page).not.toContain('written over');
	});

	it('says why some were left to a human, and that Get read their transcripts', () => {
		const reasons = ['This execution failed\nto be processed.'];
		const page = faultsPage([parked({ transcripts: 290, notes: 10, readByGet: 10, reasons })]);

		expect(page).toContain('290 of 300 executions went on');
		expect(page).toContain('and 10 were left to a human.**');
		expect(page).toContain('“This execution failed to be processed.”');
		expect(page).toContain('*Transcription: Get* read the transcripts of 10,');
	});

	it('says of parked executions what did not hold', () => {
		const problems = ['7.mp3 has neither a transcript nor a note'];
		const page = faultsPage([parked({ transcripts: 299, notes: 0, problems })]);

		expect(page).toContain('**Not all of it held, see below: 299 of 300 executions');
		expect(page).toContain('- Seed 1: 7.mp3 has neither a transcript nor a note');
	});

	it('says of Google Drive whether all of it held', () => {
		expect(faultsPage([outcome(DRIVE)])).toContain('**All were through 99 s after');
		expect(faultsPage([outcome(DRIVE, { problems: ['1.mp3 has no srt'] })])).toContain(
			'**Not all of it held',
		);
	});

	it('says what was left out', () => {
		expect(faultsPage([outcome('1', { leftOut: ['disk full'] })])).toContain('mounted: disk full');
	});
});
