import type { Simulator } from '../../dev/simulator/server';
import type { ScriptivoxSettings } from '../../dev/simulator/scriptivox/settings';
import type { PartialSettings } from '../../dev/simulator/shared/settings';
import type { Judgement } from './faultFindings';
import type { FaultKind } from './faultSchedule';
import type { QueueMode } from './queueMode';

/** How a subject is started. */
export interface SubjectOptions {
	/** How many recordings there are in all. */
	files: number;
	/** Whether it keeps its own waits, which the suite shortens. */
	asItIs: boolean;
	/** What goes wrong at the provider all the time. */
	simulator: PartialSettings<ScriptivoxSettings>;
}

/** Work in n8n's queue mode that faults happen to. */
export interface FaultSubject {
	/** The provider of its own. */
	readonly simulator: Simulator;
	/** The faults that concern it. */
	readonly kinds: readonly FaultKind[];
	/**
	 * Gives it a part of its work before a fault, unless it has had all of it from the start.
	 *
	 * @param count how many recordings
	 * @param areLong whether some take long to upload
	 */
	add(count: number, areLong: boolean): Promise<void>;
	/** What is not through yet, one line each. */
	left(): Promise<string[]>;
	/** What has come of all of it. */
	judged(): Promise<Judgement & { paidJobs: number }>;
	stop(): Promise<void>;
}

/** Starts a subject in a queue mode that runs. */
export type StartSubject = (queue: QueueMode, options: SubjectOptions) => Promise<FaultSubject>;
