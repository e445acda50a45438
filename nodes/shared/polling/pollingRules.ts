import type { IDataObject } from 'n8n-workflow';

import { refusalStatusOf } from '../core/errors';
import type { ExportedJob, JobFiles } from '../operation/jobFiles';
import type { Page } from '../http/paging';
import { REFUSED_FOR_NOW } from '../http/passing';
import type { JobProvider } from '../core/provider';

/** A provider's job, as far as a polling trigger has to know it. */
export interface PolledJob<Wire> {
	id: string;
	/** Unix seconds; null where the provider does not say. */
	createdAt: number | null;
	/** How it ended, as it stands in the node's Events; undefined while it has not. */
	event: string | undefined;
	/** What the provider sent. */
	wire: Wire;
}

/** A page of jobs, the newest first. */
export interface JobPage<Wire> extends Page<PolledJob<Wire>> {
	/** Whether there may be older jobs to which no cursor leads. */
	isCut?: boolean;
}

/** The files of a provider's jobs. */
export interface PolledFiles<Wire> {
	jobFiles: JobFiles;
	/** The job whose files are wanted; undefined where it has none, as it ended badly. */
	exportedJob(job: PolledJob<Wire>): ExportedJob | undefined;
}

/** How a provider's jobs are read. */
export interface PollingRules<Wire> {
	provider: JobProvider;
	/** Reads a page of jobs, whatever their state; undefined for the first. */
	listJobs(cursor: string | undefined): Promise<JobPage<Wire>>;
	/** Reads one job; a refusal says that there is nothing to wait for any more. */
	readJob(id: string): Promise<PolledJob<Wire>>;
	/** Reads what the output needs beside the job itself; gives the job where it needs no more. */
	complete(job: PolledJob<Wire>): Promise<Wire>;
	/** The files that the user may choose of a job that ended well; where there are none, left out. */
	files?: PolledFiles<Wire>;
	/** The output of a job that ended. */
	outputOf(job: PolledJob<Wire>): IDataObject;
}

/** Whether asking again would give the same answer. */
export function isRefusedForGood(error: unknown): boolean {
	const status = refusalStatusOf(error);
	return status !== undefined && !REFUSED_FOR_NOW.includes(status);
}
