import type { Fault } from '../../../dev/simulator/shared/faults';
import type { ScriptivoxSettings } from '../../../dev/simulator/scriptivox/settings';
import type { PartialSettings } from '../../../dev/simulator/shared/settings';
import type { Judgement } from './faultFindings';
import type { FaultKind, FaultyCalls } from './faultSchedule';
import type { QueueMode } from '../queue/queueMode';

/** How a subject is started. */
export interface SubjectOptions {
	/** How many recordings there are in all. */
	files: number;
	/** Whether it keeps its own waits, which the suite shortens. */
	asItIs: boolean;
	/** What goes wrong at Scriptivox all the time. */
	simulator: PartialSettings<ScriptivoxSettings>;
	/**
	 * Starts the queue mode that the faults happen to; whoever starts the subject ends it.
	 *
	 * @param environment further variables of every process
	 */
	startQueue(environment?: Record<string, string>): Promise<QueueMode>;
}

/** A simulated provider that something goes wrong at. */
export interface FaultyProvider {
	readonly calls: FaultyCalls;
	/** Lets something go wrong at one of its calls. */
	fail(fault: Fault): void;
	/** How many uploads there were so far. */
	uploads(): { begun: number; ended: number };
	/** @param bytesPerSecond of an upload; null: as fast as they come */
	slowDown(bytesPerSecond: number | null): void;
	/** @param offsetSeconds how far the clock of its signatures is off */
	setClock(offsetSeconds: number): void;
}

/** Work in n8n's queue mode that faults happen to. */
export interface FaultSubject {
	readonly provider: FaultyProvider;
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

/** Starts a subject, and queue mode with it. */
export type StartSubject = (options: SubjectOptions) => Promise<FaultSubject>;
