import { FaultQueue } from '../shared/faults';
import { RateLimiter } from '../shared/rateLimiter';
import { RequestCounts } from '../shared/requestCounts';
import { withSettings, type PartialSettings } from '../shared/settings';
import { ENDPOINTS } from './endpoints';
import { Refusal } from './errors';
import { IdempotencyKeys } from './idempotency';
import { Jobs } from './jobs';
import { DEFAULT_SETTINGS, type ScripeSettings } from './settings';
import { Uploads } from './uploads';

/** A source, with its whole text: the API gives out the beginning only. */
export interface Source {
	id: string;
	projectId: string;
	name: string | null;
	text: string;
	durationSeconds: number | null;
	fileType: string | null;
	createdAt: string;
}

/** A row of a project, as the API gives it. */
export interface Row {
	id: string;
	projectId: string;
	createdAt: string;
	[field: string]: unknown;
}

const PROJECTS = [
	{ id: 'proj_personal', name: 'Ada Lovelace', type: 'PERSONAL_BRAND', status: 'ACTIVE' },
	{ id: 'proj_company', name: 'Analytical Engines', type: 'COMPANY_PAGE', status: 'ACTIVE' },
	{ id: 'proj_archive', name: 'Old Campaign', type: 'COMPANY_PAGE', status: 'ARCHIVED' },
].map((project, index) => ({
	...project,
	url: index === 0 ? 'https://www.linkedin.com/in/ada-lovelace' : null,
	createdAt: `2026-0${index + 1}-15T09:00:00.000Z`,
}));

const NOTES: Row[] = Array.from({ length: 5 }, (_, index) => ({
	id: `note_${index + 1}`,
	projectId: 'proj_personal',
	folderId: index % 2 === 0 ? 'fld_ideas' : null,
	content: `An idea worth a post, number ${index + 1}`,
	createdAt: '2026-08-01T09:00:00.000Z',
	slot: { date: `2026-09-0${index + 1}` },
}));

/** The one workspace that the simulator keeps: what its keys see and what happened to it. */
export class Workspace {
	settings: ScripeSettings;

	readonly projects = PROJECTS;

	readonly notes = NOTES;

	readonly posts: Row[] = [];

	readonly sources = new Map<string, Source>();

	readonly uploads = new Uploads(() => this.settings);

	readonly jobs = new Jobs(() => this.settings);

	readonly idempotencyKeys = new IdempotencyKeys();

	readonly limiter = new RateLimiter();

	readonly counts = new RequestCounts();

	readonly faults = new FaultQueue(Object.values(ENDPOINTS));

	/** Requests that carried a key where none belongs. */
	keysSeenAtStorage = 0;

	/** Requests that named no version of the API. */
	unversioned = 0;

	private readonly firstSettings: ScripeSettings;

	private spentCents = 0;

	/** @param changes what differs from the default settings, for the workspace's whole life */
	constructor(changes: PartialSettings<ScripeSettings>) {
		this.firstSettings = withSettings(DEFAULT_SETTINGS, changes);
		this.settings = this.firstSettings;
	}

	/** Changes settings. Throws an Error on an unknown one. */
	configure(changes: PartialSettings<ScripeSettings>): void {
		this.settings = withSettings(this.settings, changes);
	}

	/** Whether a text holds one of the workspace's keys. */
	holdsKey(text: string): boolean {
		return this.settings.apiKeys.some((key) => text.includes(key));
	}

	/** Spends money of the day. Throws spend_cap_exceeded when that is over the cap. */
	spend(estimateCents: number): void {
		const { capCents } = this.settings;
		if (capCents !== null && this.spentCents + estimateCents > capCents) {
			const bucketDate = new Date().toISOString().slice(0, 10);
			const meta = { bucketDate, capCents, spentCents: this.spentCents, estimateCents };
			throw new Refusal('spend_cap_exceeded', 'The daily spend cap is reached', { meta });
		}
		this.spentCents += estimateCents;
	}

	/** Throws not_found where the workspace has no such project. */
	requireProject(id: string): void {
		if (this.projects.some((project) => project.id === id)) return;
		throw new Refusal('not_found', 'There is no project with this id');
	}

	/** All counts, ready for JSON. */
	statistics() {
		const jobs = this.jobs.list();
		return {
			...this.counts.snapshot(),
			jobs: jobs.length,
			doneJobs: jobs.filter(({ status }) => status === 'DONE').length,
			sources: this.sources.size,
			posts: this.posts.length,
			spentCents: this.spentCents,
			idempotentReplays: this.idempotencyKeys.replays,
			malformedKeys: this.idempotencyKeys.malformed,
			writesWithoutKey: this.idempotencyKeys.absent,
			unversioned: this.unversioned,
			uploads: this.uploads.statistics(),
			peakInWindow: this.limiter.peakInWindow(),
			keysSeenAtStorage: this.keysSeenAtStorage,
		};
	}

	/** Back to how it started. */
	reset(): void {
		this.settings = this.firstSettings;
		this.posts.length = 0;
		this.sources.clear();
		this.uploads.reset();
		this.jobs.reset();
		this.idempotencyKeys.reset();
		this.limiter.reset();
		this.counts.reset();
		this.faults.reset();
		this.keysSeenAtStorage = 0;
		this.unversioned = 0;
		this.spentCents = 0;
	}

	/** Ends timers. */
	stop(): void {
		this.jobs.reset();
	}
}
