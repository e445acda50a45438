import { useBinaryStorage, useStage } from '../harness';
import { follow } from './advice';
import type { Advice } from './advice';
import { callbacks } from './callbacks';
import { credentials } from './credentials';
import { fields } from './fields';
import { files } from './files';
import { jobs } from './jobs';
import { mediaScribe } from './mediaScribe';
import { outages } from './outages';
import { patternOf, readRows, sections } from './page';
import { refusals } from './refusals';
import { transcript } from './transcript';
import { transcriptOperations } from './transcriptOperations';
import { triggers } from './triggers';

const stage = useStage();
const THEMES: Record<string, Advice[]> = {
	fields,
	files,
	credentials,
	outages,
	refusals,
	jobs,
	callbacks,
	mediaScribe,
	transcript,
	transcriptOperations,
	triggers,
};
beforeAll(async () => await useBinaryStorage('filesystem'));

const all = Object.values(THEMES).flat();

describe('the list of messages', () => {
	it('is the one of the page on troubleshooting: each has its section and its test', () => {
		const tried = new Set(all.map(({ message }) => message));

		expect([...sections.keys()].filter((message) => !tried.has(message))).toEqual([]);
		expect([...tried].filter((message) => !sections.has(message))).toEqual([]);
	});

	it.each(all.map((advice) => [advice.message, advice] as const))(
		'says on the page of %s what its test does',
		(message, { page }) => {
			expect(sections.get(message)).toContain(page);
		},
	);
});

describe('the codes of providers on the page', () => {
	const rows = readRows(sections.get('… refused the request to …')!);
	const tried = new Set(all.flatMap(({ trials }) => trials.map(({ name }) => name)));

	it.each(rows)('%s: are tried by at least one of them', (codes) => {
		expect(codes.split(', ').filter((code) => tried.has(code))).not.toEqual([]);
	});
});

describe.each(Object.entries(THEMES))('advice on %s works', (_theme, advices) => {
	const trials = advices.flatMap((advice) =>
		advice.trials.map(
			(trial) =>
				[
					advice.message,
					[trial.of, trial.name].filter(Boolean).join(', '),
					advice.page,
					advice,
					trial,
				] as const,
		),
	);

	it.each(trials)('%s (%s): %s', async (_message, _trial, _page, advice, trial) => {
		const followed = 'follow' in trial ? await trial.follow(stage) : await follow(stage, trial);

		expect(followed.message).toMatch(patternOf(advice.message));
		expect(`${followed.message}\n${followed.description}`).toMatch(advice.panel);
		expect(followed.output).toMatchObject(followed.expected as object);
	});
});
