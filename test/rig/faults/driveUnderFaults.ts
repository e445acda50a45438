import { ENDPOINTS as GOOGLE_DRIVE } from '../../../dev/simulator/googleDrive/endpoints';
import { ENDPOINTS as TRANSCRIPTON } from '../../../dev/simulator/transcripton/endpoints';
import type { DataTableRow } from '../../../dev/n8n/types';
import type { Simulator } from '../../../dev/simulator/server';
import { FAULT_KINDS, type FaultyCalls } from './faultSchedule';
import type { FaultSubject, FaultyProvider, SubjectOptions } from './faultSubject';
import { Gallery } from '../templates/gallery';
import { WatchedDrive } from '../templates/watchedDrive';

const AT_ONCE = 20;
const LOOK_SECONDS = 10;
const STAGE_SECONDS = 0.5;
const RECORDING_BYTES = 20_000;
const LONG_BYTES = 5_000_000;
const LONG_UPLOADS = 2;
const ENDED = ['failed', 'lookAtIt'];
/** Why nobody knows whether Transcripton has a file; the template tells it, and sends no file twice. */
const UNSURE = ['STOPPED_WHILE_SENDING', 'MAY_HAVE_ARRIVED', 'ECONNRESET'];
const EXTENSIONS = ['docx', 'srt'];
/** It has no webhook of the provider and no folder on a disk. */
const KINDS = FAULT_KINDS.filter(
	(kind) => kind !== 'disk full' && kind !== 'clock of the signatures wrong',
);

const CALLS: FaultyCalls = {
	reset: [TRANSCRIPTON.upload],
	refused: [
		TRANSCRIPTON.upload,
		TRANSCRIPTON.get,
		TRANSCRIPTON.export,
		GOOGLE_DRIVE.list,
		GOOGLE_DRIVE.download,
		GOOGLE_DRIVE.generateIds,
		GOOGLE_DRIVE.update,
	],
	lost: [GOOGLE_DRIVE.startUpload],
};

/** The template google-drive-transcripts under faults: each recording gets its files once, or its row says why not. */
export class DriveUnderFaults implements FaultSubject {
	readonly kinds = KINDS;

	readonly provider: FaultyProvider;

	private readonly names: string[] = [];

	private constructor(
		private readonly gallery: Gallery,
		private readonly folder: WatchedDrive,
	) {
		this.provider = faultyProvider(gallery.simulator);
	}

	static async start({ startQueue }: SubjectOptions): Promise<DriveUnderFaults> {
		const gallery = await Gallery.start({
			queueMode: startQueue,
			hosts: (simulator) => simulator.googleDrive.hosts,
			simulator: {
				transcripton: { rateLimits: { enabled: false }, stageSeconds: STAGE_SECONDS },
			},
		});
		const folder = WatchedDrive.within(gallery);
		folder.empty();
		await folder.publish({
			settings: { maxParallel: AT_ONCE, leaseMinutes: 5, pollIntervalSeconds: 5 },
			secondsBetween: { 'Every Minute': LOOK_SECONDS },
		});
		return new DriveUnderFaults(gallery, folder);
	}

	async add(count: number, areLong: boolean): Promise<void> {
		for (let number = 0; number < count; number++) {
			const name = `${this.names.length}.mp3`;
			const length = areLong && number < LONG_UPLOADS ? LONG_BYTES : RECORDING_BYTES;
			this.folder.drop(name, { bytes: Buffer.from(`ID3 ${name}`.padEnd(length)) });
			this.names.push(name);
		}
		await Promise.resolve();
	}

	async left(): Promise<string[]> {
		const rows = await this.rowsByName();
		const moved = new Set(this.folder.namesIn(this.folder.done));
		return this.names.flatMap((name) => {
			const state = stateIn(rows.get(name));
			// a move that was refused is tried again by a later look
			const isThrough = state === 'done' ? moved.has(name) : ENDED.includes(state);
			return isThrough ? [] : [`row: ${name} is ${state}`];
		});
	}

	private async rowsByName(): Promise<Map<string, DataTableRow>> {
		return new Map((await this.folder.rows()).map((row) => [String(row.name), row]));
	}

	async judged() {
		const { folder, names } = this;
		const rows = await this.rowsByName();
		const [inbox, done] = [folder.namesIn(folder.inbox), folder.namesIn(folder.done)];
		const count = (list: string[], name: string) => list.filter((each) => each === name).length;
		const problems: string[] = [];
		let [transcripts, notes, tooMany] = [0, 0, 0];
		for (const name of names) {
			const row = rows.get(name);
			const isDone = stateIn(row) === 'done';
			if (isDone) transcripts += 1;
			else if (isUnsure(row)) notes += 1;
			else problems.push(`${name} is ${stateIn(row)}: ${row?.errorCode} ${row?.errorMessage}`);
			const expected = isDone ? 1 : 0;
			for (const extension of EXTENSIONS) {
				const found = count(inbox, name.replace('mp3', extension));
				if (found < expected) problems.push(`${name} has no ${extension}`);
				tooMany += Math.max(0, found - expected);
			}
			if (count(done, name) !== expected) problems.push(`${name} is not where it belongs`);
		}
		if (rows.size !== names.length) problems.push(`${rows.size} rows`);
		const { paidJobs, duplicatesByContent } = folder.transcripton.statistics();
		if (duplicatesByContent > 0) problems.push(`${duplicatesByContent} jobs too many`);
		if (paidJobs < transcripts || paidJobs > names.length) problems.push(`${paidJobs} paid jobs`);
		if (tooMany > 0) problems.push(`${tooMany} documents or subtitles lie there once more`);
		return { transcripts, notes, problems, paidJobs };
	}

	async stop(): Promise<void> {
		await this.gallery.stop();
	}
}

function stateIn(row: DataTableRow | undefined): string {
	return row ? String(row.state) : 'not there';
}

function isUnsure(row: DataTableRow | undefined): boolean {
	return stateIn(row) === 'lookAtIt' && UNSURE.includes(String(row?.errorCode));
}

/** Transcripton, and Google Drive beside it. */
function faultyProvider({ transcripton, googleDrive }: Simulator): FaultyProvider {
	const ofDrive: string[] = Object.values(GOOGLE_DRIVE);
	return {
		calls: CALLS,
		fail(fault) {
			if (ofDrive.includes(fault.endpoint)) googleDrive.fail(fault);
			else transcripton.fail(fault);
		},
		uploads() {
			const { received, underWay } = transcripton.statistics().uploads;
			return { begun: received + underWay, ended: received };
		},
		slowDown: (bytesPerSecond) => transcripton.configure({ bytesPerSecond }),
		setClock() {},
	};
}
