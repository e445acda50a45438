import { LONGEST_RETRY_AFTER_SECONDS } from '../core/retryAfter';
import { sleep } from '../core/sleep';

const WINDOW_MILLISECONDS = 60_000;

/** When a provider counts a request: as soon as it begins to arrive, or once all of it is there. */
type Moment = 'begin' | 'end';

/** Why a wait for turns ends early. One for all: without it each abort would make an error, with its stack. */
const CHANGED = 'changed';

/** What one request takes up, from its turn until a minute after it can be counted no more. */
interface Slot {
	limit: number;
	moments: readonly Moment[];
	/** When the provider has counted it for certain; undefined while nobody knows. */
	countedBy: number | undefined;
}

/** Somebody who waits for a turn. */
interface Waiter {
	slot: Slot;
	go(): void;
}

/** The turn of a request that sends a large file. */
export interface UploadTurn {
	/** To be called once the request's beginning must have reached the provider. */
	begun(): void;
	/**
	 * Waits until the rest may be sent, with which the request is complete.
	 *
	 * @throws the signal's reason when it is aborted
	 */
	mayEnd(signal: AbortSignal): Promise<void>;
	/** To be called once the request was answered, or has failed. */
	answered(): void;
}

/**
 * Keeps the requests to one endpoint under a limit a minute, in every window of a minute: those that
 * are made under a limit or a lower one are never more than it. A low limit holds no other.
 *
 * A slot is free again a minute after its request was answered. The provider counted the request
 * before it answered, so its window can never hold more than ours, however slow the line is. A large
 * upload takes two slots in place of one that lasts for hours, one for its beginning and one for its
 * end: a provider that counts either sees no more than the limit.
 */
export class RateLimiter {
	/** Only those with a limit: the others are never counted. */
	private slots: Slot[] = [];
	/** First come, first served; uploads that want to end stand in front. */
	private readonly line: Waiter[] = [];
	private pausedUntil = 0;
	private isServing = false;
	/** Requests that have had their turn and are not answered, those without a limit too. */
	private underWay = 0;
	private change = new AbortController();

	/**
	 * Waits for a slot, first come first served among those with the same limit.
	 *
	 * @param limit requests a minute; 0 for no limit
	 * @returns a function to call once the request was answered, or has failed
	 * @throws the signal's reason when it is aborted while waiting
	 */
	async take(limit: number, signal?: AbortSignal): Promise<() => void> {
		const slot = await this.slotFor(limit, ['begin', 'end'], signal);
		return () => {
			this.free(slot);
			this.underWay--;
		};
	}

	/** Waits for the turn of a request that sends a large file; as `take`. */
	async takeUpload(limit: number, signal?: AbortSignal): Promise<UploadTurn> {
		const begin = await this.slotFor(limit, ['begin'], signal);
		let end: Slot | undefined;
		return {
			begun: () => this.free(begin),
			mayEnd: async (cut) => {
				end = await this.slotFor(limit, ['end'], cut);
				// its request may have ended in the meantime
				if (cut.aborted) this.free(end);
			},
			answered: () => {
				this.free(begin);
				if (end) this.free(end);
				this.underWay--;
			},
		};
	}

	/** Holds everybody back for so many seconds, as a provider's Retry-After asks; 600 at most. */
	pause(seconds: number): void {
		const milliseconds = 1000 * Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS);
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + milliseconds);
		this.change.abort(CHANGED);
	}

	/** How many requests count at the moment: those under a limit that are on their way, or of the last minute. */
	counted(): number {
		this.forgetWhatIsOver();
		return this.slots.length;
	}

	/** Until when everybody is held back, in milliseconds since 1970. */
	heldUntil(): number {
		return this.pausedUntil;
	}

	/** Whether it holds nobody back, now or later: a new one would do the same. */
	isIdle(): boolean {
		return (
			this.underWay === 0 &&
			this.line.length === 0 &&
			this.counted() === 0 &&
			this.pausedUntil <= Date.now()
		);
	}

	private free(slot: Slot): void {
		slot.countedBy ??= Date.now();
		this.change.abort(CHANGED);
	}

	private async slotFor(
		given: number,
		moments: readonly Moment[],
		signal: AbortSignal | undefined,
	): Promise<Slot> {
		signal?.throwIfAborted();
		const slot: Slot = { limit: given || Infinity, moments, countedBy: undefined };
		await new Promise<void>((resolve, reject) => {
			const leave = () => {
				this.line.splice(this.line.indexOf(waiter), 1);
				reject(signal?.reason as Error);
				this.change.abort(CHANGED);
			};
			const waiter: Waiter = {
				slot,
				go() {
					signal?.removeEventListener('abort', leave);
					resolve();
				},
			};
			signal?.addEventListener('abort', leave);
			this.line.splice(this.placeInLine(slot), 0, waiter);
			this.change.abort(CHANGED);
			void this.serve();
		});
		return slot;
	}

	/** At the end; an upload that is nearly through goes behind the last of its like. */
	private placeInLine(slot: Slot): number {
		if (slot.moments.includes('begin')) return this.line.length;
		const first = this.line.findIndex((waiter) => waiter.slot.moments.includes('begin'));
		return first < 0 ? this.line.length : first;
	}

	/** Gives out turns until nobody waits any more: one loop for all who wait. */
	private async serve(): Promise<void> {
		if (this.isServing) return;
		this.isServing = true;
		while (this.line.length > 0) {
			this.change = new AbortController();
			this.giveTurns();
			if (this.line.length > 0) await this.untilChange();
		}
		this.isServing = false;
	}

	private giveTurns(): void {
		this.forgetWhatIsOver();
		const held = new Set<string>();
		for (const waiter of [...this.line]) {
			const { slot } = waiter;
			if (held.has(placeOf(slot)) || this.millisecondsUntilFree(slot) > 0) {
				held.add(placeOf(slot));
			} else {
				this.line.splice(this.line.indexOf(waiter), 1);
				if (slot.limit !== Infinity) this.slots.push(slot);
				if (slot.moments.includes('begin')) this.underWay++;
				waiter.go();
			}
		}
	}

	/** What lies ahead of a clock that was set back counts from now. */
	private forgetWhatIsOver(): void {
		const now = Date.now();
		const longest = 1000 * LONGEST_RETRY_AFTER_SECONDS;
		this.pausedUntil = Math.min(this.pausedUntil, now + longest);
		for (const slot of this.slots) {
			if (slot.countedBy !== undefined) slot.countedBy = Math.min(slot.countedBy, now);
		}
		this.slots = this.slots.filter((slot) => freeAt(slot) > now);
	}

	/** Waits until somebody's turn can have come, or something has changed. */
	private async untilChange(): Promise<void> {
		const { signal } = this.change;
		// of each place the first in line: those behind it may want less, and wait all the same
		const first = new Map([...this.line].reverse().map(({ slot }) => [placeOf(slot), slot]));
		const waits = [...first.values()].map((slot) => this.millisecondsUntilFree(slot));
		const milliseconds = Math.min(...waits);
		// every slot is held by a request that is still under way: nothing says when it will end
		if (milliseconds === Infinity) await changeOf(signal);
		else await sleep(milliseconds, signal).catch(() => {});
	}

	private millisecondsUntilFree(wanted: Slot): number {
		const now = Date.now();
		const limits = new Set([wanted, ...this.slots].map(({ limit }) => limit));
		const waits = [...limits]
			.filter((limit) => limit >= wanted.limit && limit !== Infinity)
			.flatMap((limit) => wanted.moments.map((moment) => this.freeUnder(limit, moment) - now));
		return Math.max(0, this.pausedUntil - now, ...waits);
	}

	/** When one more request may be made of those that are counted under a limit. */
	private freeUnder(limit: number, moment: Moment): number {
		const counted = this.slots.filter(
			(slot) => slot.limit <= limit && slot.moments.includes(moment),
		);
		const surplus = counted.length - limit;
		if (surplus < 0) return 0;
		return counted.map(freeAt).sort((one, other) => one - other)[surplus]!;
	}
}

/** Those in one place wait for the same, one after the other. */
function placeOf({ limit, moments }: Slot): string {
	return `${limit} ${moments.includes('begin')}`;
}

function freeAt({ countedBy }: Slot): number {
	return countedBy === undefined ? Infinity : countedBy + WINDOW_MILLISECONDS;
}

async function changeOf(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}

/**
 * What one of several processes may send, which know nothing of each other.
 *
 * @param limit requests a minute of all of them; 0 for no limit
 * @returns requests a minute, at least one; 0 for no limit
 */
export function shareOf(limit: number, processes: number): number {
	return limit === 0 ? 0 : Math.max(1, Math.floor(limit / processes));
}

const limiters = new Map<string, RateLimiter>();

/**
 * The one limiter of this process for a credential and an endpoint. To be asked for again before each
 * request: one that is idle is forgotten.
 */
export function limiterFor(credential: string, endpoint: string): RateLimiter {
	const key = `${credential} ${endpoint}`;
	const known = limiters.get(key);
	if (known) return known;
	forgetIdleLimiters();
	const limiter = new RateLimiter();
	limiters.set(key, limiter);
	return limiter;
}

/** Each new one makes room, so that no more are kept than were of use at the same time. */
function forgetIdleLimiters(): void {
	for (const [key, limiter] of limiters) {
		if (limiter.isIdle()) limiters.delete(key);
	}
}
