import { markdownTable } from '../../../dev/markdown';
import type { FaultOutcome } from './faultRun';

/** What came of a run of the command. */
export type KeptOutcome = FaultOutcome & {
	/** What it was run by: a seed, `parked` or `drive`. */
	name: string;
	/** On which it was run, as 2026-01-31. */
	day: string;
};

/** The names of the runs over parked executions and over Google Drive. */
export const PARKED = 'parked';
export const DRIVE = 'drive';
const COLUMNS = [
	'seed',
	'faults in their order',
	'files',
	'transcripts',
	'notes',
	'paid jobs',
	'seconds after the last fault',
	'run on',
];

/** The page of what `npm run faults` found. */
export function faultsPage(outcomes: KeptOutcome[]): string {
	const parked = outcomes.find(({ name }) => name === PARKED);
	const drive = outcomes.find(({ name }) => name === DRIVE);
	const watched = outcomes.filter((each) => each !== parked && each !== drive);
	const rows = watched.map((each) => [
		each.seed,
		each.faults.join(', '),
		each.files,
		each.transcripts,
		each.notes,
		each.paidJobs,
		each.secondsAfter,
		each.day,
	]);
	return [
		'# Faults in queue mode',
		'',
		'`npm run faults` runs ten seeds for the folder watcher, one for parked executions and one for Google Drive, and writes this page after each; the numbers of seeds, `parked` or `drive`, as arguments run those alone. Lines of earlier runs in the same folder stay. It ends with an error where a bold line below says that something did not hold.',
		'',
		"In n8n's queue mode (PostgreSQL, Redis, main, two workers, two webhook processes, Caddy) the template [folder watcher](templates/folder-watcher.md) works through 200 recordings, of which one in twenty fails at the provider. Meanwhile each fault of the table happens once, in an order and at moments that the seed draws. “Killed” is SIGKILL; what ends is started again at once, as the restart policies of `docker-compose.queue.yml` have it. All the time, a fifth of the provider's webhooks are lost, 5 % of the uploads are reset, and 5 % of the calls are answered with 500, 502, 503 or 429. The disk of the output folder has 4 MB and is full for 12 s; the clock of the signatures is ten minutes off for 12 s.",
		'',
		'The waits are n8n’s and the template’s own, but for what lets a recording be taken one second after it was dropped, for a look every two seconds in place of ten, for limits of 1,000 requests a minute, and for `slowestMbitPerSecond`, which is 8 in place of 1: with 1, work that stops during a large upload is taken up later. The provider is the [simulator](../dev/simulator/README.md).',
		'',
		'Checked for each seed: every recording has exactly one transcript, its own, or one note with its reason; the provider has one job for each recording and is paid once for each transcript; no temporary file and no row under way is left; all of this within ten minutes of the last fault, without a restart by hand.',
		'',
		markdownTable(COLUMNS, rows),
		'',
		ofAll(watched),
		'',
		'`npm test` runs the first seed with 60 recordings and shortened waits (`test/queue/faults.test.ts`). Where nothing can be mounted, it leaves the full disk out, and says so.',
		'',
		...watched.flatMap(notesOn),
		...(parked ? ofParked(parked) : []),
		...(drive ? ofDrive(drive) : []),
	].join('\n');
}

function ofAll(watched: KeptOutcome[]): string {
	const held = watched.filter(({ problems }) => problems.length === 0).length;
	return `**All of this held for ${held} of ${watched.length} seeds.**`;
}

function ofParked(outcome: KeptOutcome): string[] {
	const { files, faults, transcripts, notes, retried = 0, secondsAfter, day, paidJobs } = outcome;
	return [
		'## Parked executions',
		'',
		`${files} executions of *Transcription: Transcribe* are parked (*Wait: Until Called Back*); the template [Failed jobs](templates/failed-jobs.md) is their error workflow, with \`firstRetryMinutes\` 1 in place of 15. Then these faults happen as above, while the jobs end one after the other: ${faults.join(', ')}. Checked: every job has its transcript, or a row of *Failed jobs* with the job and the reason, and was paid once; all of this within ten minutes of the last fault, without a restart by hand. Run on ${day}.`,
		'',
		outcome.problems.length === 0
			? `**All of this held, ${secondsAfter} s after the last fault: ${transcripts} of ${files} executions went on with their own transcript by themselves, and ${notes} were left to a human.**`
			: `**Not all of it held, see below: ${transcripts} of ${files} executions went on with their own transcript, and ${notes} were left to a human.**`,
		'',
		`${retried} of those that went on were retried by *Failed jobs*: n8n does not run again what was running on a worker that is killed, or began or ended while Redis or PostgreSQL was away ([When a process dies](scaling.md#when-a-process-dies)). ${paidJobs} jobs were paid in all.`,
		'',
		...(notes === 0 ? [] : leftToHuman(outcome)),
		...notesOn(outcome),
	];
}

/** Why some did not go on, and where their transcripts are. */
function leftToHuman({ reasons = [], readByGet = 0 }: KeptOutcome): string[] {
	const words = reasons.map((reason) => `“${reason.replaceAll('\n', ' ')}”`).join(', ');
	return [
		`n8n has written over the data of those that were left to a human, so nothing can go on with them. Its reason: ${words} *Transcription: Get* read the transcripts of ${readByGet}, with the job that the row names. Where every execution has to go on by itself, use a production workflow, such as the folder watcher above, which takes its work up again.`,
		'',
	];
}

function ofDrive(outcome: KeptOutcome): string[] {
	const { files, faults, transcripts, notes, paidJobs, secondsAfter, day, problems } = outcome;
	return [
		'## Google Drive',
		'',
		`The template [Google Drive transcripts](templates/google-drive-transcripts.md) works through ${files} recordings, up to 20 at once, with a look every ten seconds in place of every minute. Meanwhile: ${faults.join(', ')}. All the time, 5 % of the uploads to Transcripton are reset, and 5 % of the calls of Transcripton and of Google Drive are answered with 500, 502, 503 or 429; of the uploads of documents and subtitles, half of these are done while their answer breaks off. Run on ${day}.`,
		'',
		problems.length === 0
			? `**All were through ${secondsAfter} s after the last fault, without a restart by hand.**`
			: '**Not all of it held, see below.**',
		'',
		`${transcripts} recordings have their document and their subtitles, each once, and lie in the Done folder. ${notes} are \`lookAtIt\` with the reason: Transcripton has no idempotency keys, so a file that may have arrived is not sent again. ${paidJobs} jobs were paid, none twice for one recording.`,
		'',
		...notesOn(outcome),
	];
}

function notesOn({ seed, leftOut, problems }: KeptOutcome): string[] {
	const missed = leftOut.map(
		(kind) => `- Seed ${seed}: left out, as nothing can be mounted: ${kind}`,
	);
	const counts = new Map<string, number>();
	for (const each of problems) counts.set(each, (counts.get(each) ?? 0) + 1);
	const found = [...counts].map(([each, count]) => {
		const times = count > 1 ? `${count} times: ` : '';
		return `- Seed ${seed}: ${times}${each.replaceAll('\n', ' ')}`;
	});
	return [...missed, ...found].flatMap((each) => [each, '']);
}
