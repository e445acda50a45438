import { lineTimer, OVER } from './lineTimer';

/** How often a limit is looked at: a line is still for the limit, and up to a tenth of it longer. */
const LOOKS = 10;

/** Why a line was cut: nothing had moved on it for too long. */
export class StillLineError extends Error {
	readonly code = 'ETIMEDOUT';

	constructor(seconds: number) {
		super(`no byte moved for ${seconds} seconds`);
	}
}

/**
 * Watches over the line of one request: cuts it when nothing moved on it for a while, or when the
 * execution is stopped. n8n's own time limit cuts a body that is still arriving.
 */
export class LineWatch {
	/** Called with the reason right before the line is cut. */
	beforeCut: (reason: Error) => void = () => {};

	private readonly line = new AbortController();
	private readonly cut: Promise<never>;
	private moves = 0;
	private looksAllowed = LOOKS;

	/** @param execution aborted when the execution is stopped */
	constructor(private readonly execution: AbortSignal | undefined) {
		this.cut = new Promise((_resolve, reject) => {
			this.line.signal.addEventListener('abort', () => {
				const reason = this.line.signal.reason as Error;
				this.beforeCut(reason);
				reject(reason);
			});
		});
		this.cut.catch(() => {});
		if (execution?.aborted) this.stop();
		execution?.addEventListener('abort', this.stop);
	}

	/** Aborted when the line is cut, and when the request is over. */
	get signal(): AbortSignal {
		return this.line.signal;
	}

	/** To be called for whatever moved. */
	readonly moved = (): void => {
		this.moves += 1;
	};

	/** To be called once a body was handed over: how the rest of it leaves the sockets, nobody sees. */
	readonly handedOver = (): void => {
		this.looksAllowed = 2 * LOOKS;
	};

	/**
	 * Waits for a part of the request.
	 *
	 * @param seconds how long nothing may move
	 * @throws StillLineError where nothing did; the signal's reason when the execution is stopped;
	 * whatever the work throws
	 */
	async during<Result>(work: Promise<Result>, seconds: number): Promise<Result> {
		const over = new AbortController();
		this.looksAllowed = LOOKS;
		void this.look(seconds, over.signal);
		try {
			return await Promise.race([work, this.cut]);
		} finally {
			over.abort(OVER);
		}
	}

	/** Ends the watch once the request is over; whatever is left of its line is cut. */
	end(): void {
		this.beforeCut = () => {};
		this.execution?.removeEventListener('abort', this.stop);
		this.line.abort(OVER);
	}

	private readonly stop = (): void => this.line.abort(this.execution?.reason);

	private async look(seconds: number, over: AbortSignal): Promise<void> {
		// looks are counted, and no clock is read: it may be set, or stand still while a machine sleeps
		for (let looks = 0, seen = this.moves; looks < this.looksAllowed; looks++) {
			await lineTimer((seconds * 1000) / LOOKS, over).catch(() => {});
			if (over.aborted || this.signal.aborted) return;
			if (seen !== this.moves) looks = -1;
			seen = this.moves;
		}
		this.line.abort(new StillLineError((seconds * this.looksAllowed) / LOOKS));
	}
}
