import { callsOf, errorOf, JOBS_STARTED, START, STAGE_KEY, useStage, waits } from '../../harness';
import type { OperationCall } from '../../../everyOperation/operations';
import type { Meddling, StageCall } from '../../../everyOperation/stage';
import { everythingSaidBy } from '../../harness';

const stage = useStage();

/** Every operation that waits for a job, whether it starts it or not. */
const WAITING = [
	...JOBS_STARTED,
	...callsOf(/(transcription|job) wait$/, /job polish/, /job summarize/, /translation create/),
];
const READY = { waitUntilReady: true };

const secondsOf = () => (Date.now() - START.getTime()) / 1000;
const isLook = ({ call }: StageCall) => /^GET \/(jobs|transcribe|sources|posts)/.test(call);

const webPage = (status: number): Meddling => ({
	status,
	body: '<!doctype html><title>Router</title>',
	headers: { 'content-type': 'text/html' },
});
const OUTAGES: Array<[string, Meddling]> = [
	['the line breaks', 'reset'],
	['the provider answers 503', { status: 503, body: {} }],
	['a proxy answers 502 with a page', webPage(502)],
	['the limit is used up', { status: 429, body: {} }],
	['the request times out on the way', { status: 408, body: '' }],
	['a page of a router comes in place of the reply', webPage(200)],
	['a login page refuses with 403', webPage(403)],
	['a page says 404', webPage(404)],
	['a proxy wants a login of its own', webPage(407)],
	['nothing comes in the reply', { status: 200, body: '' }],
	['a router leads to its own page', { status: 302, body: '', headers: { location: '/login' } }],
];
const options = (call: OperationCall) => ({
	...(/polish|summarize|create/.test(call.operation) && call.provider === 'transcripton' && READY),
	timeoutMinutes: 60,
});

describe('a provider that is away while a job is waited for', () => {
	describe.each(WAITING)('%s', (_name, call) => {
		it.each(OUTAGES)('for 41 seconds is outlasted, where %s', async (what, meddling) => {
			let looks = 0;
			// an empty reply may be another service's, where nobody has answered before
			const needsAnswer = what.startsWith('nothing') && !hasStarted(call);
			stage.meddle = (one) => {
				if (!isLook(one)) return undefined;
				if ((looks += 1) === 1 && needsAnswer) return stillRunning(call);
				return secondsOf() < 41 ? meddling : undefined;
			};

			const [item] = await stage.run(call, options(call));

			expect(item!.json.error ?? null).toBeNull();
			expect(secondsOf()).toBeGreaterThanOrEqual(41);
		});

		it('for ten minutes is outlasted, with looks that grow rarer', async () => {
			stage.meddle = (one) => (isLook(one) && secondsOf() < 600 ? 'reset' : undefined);

			const [item] = await stage.run(call, { ...options(call), maxRetries: 0 });

			expect(item!.json.error ?? null).toBeNull();
			expect(secondsOf()).toBeGreaterThanOrEqual(600);
			expect(waits.length).toBeLessThan(130);
			expect(Math.max(...waits)).toBe(30_000);
		});

		it('for longer than the time limit ends with the job’s ID and the last failure', async () => {
			stage.meddle = (one) => (isLook(one) ? { status: 503, body: {} } : undefined);

			const error = await errorOf(stage.run(call, { ...options(call), timeoutMinutes: 2 }));

			expect(error.message).toMatch(
				/has not finished within 2 minutes: job \S+ is (out of reach|queued)/,
			);
			expect(error.description).toMatch(/The last look failed: .*could not serve.*HTTP 503/);
			expect(everythingSaidBy(error)).not.toContain(STAGE_KEY);
		});
	});
});

/** Whether the operation waits for a job that it has started itself. */
function hasStarted(call: OperationCall): boolean {
	return JOBS_STARTED.some(([, started]) => started === call);
}

/** A job that has not ended, as the provider writes it. */
function stillRunning({ provider }: OperationCall): Meddling {
	if (provider === 'scripe')
		return { status: 200, body: { data: { id: 'job_5gH6iJ7kL8', status: 'RUNNING' } } };
	return { status: 200, body: { id: 'x', job_id: 'x', status: 'processing' } };
}

describe('a provider that comes back with other answers', () => {
	describe.each(WAITING)('%s', (_name, call) => {
		const away = (after: (one: StageCall) => Meddling) => {
			let looks = 0;
			stage.meddle = (one) => {
				if (!isLook(one)) return undefined;
				if ((looks += 1) === 1 && !hasStarted(call)) return stillRunning(call);
				return secondsOf() < 120 ? 'reset' : after(one);
			};
		};

		it('is believed when the job has failed', async () => {
			away(() => ({
				status: 200,
				body:
					call.provider === 'scripe'
						? { data: { id: 'job_5gH6iJ7kL8', status: 'FAILED', errorCode: 'BROKEN' } }
						: {
								id: 'x',
								job_id: 'x',
								status: 'failed',
								error: { code: 'BROKEN', message: 'Broken' },
							},
			}));

			const error = await errorOf(stage.run(call, options(call)));

			expect(error.message).toMatch(/could not (transcribe|make|write|finish).*/);
			expect(secondsOf()).toBeLessThan(240);
		});

		it('is believed when the job is gone, and the ID is said', async () => {
			away(() => ({ status: 404, body: { error: 'Gone', detail: 'Gone', code: 'NOT_FOUND' } }));

			const error = await errorOf(stage.run(call, options(call)));

			expect(error.message).toMatch(/refused the request to read/);
			expect(secondsOf()).toBeLessThan(240);
		});

		it('is believed when the key is not good any more', async () => {
			away(() => ({ status: 401, body: {} }));

			const error = await errorOf(stage.run(call, options(call)));

			expect(error.message).toMatch(/refused the request to read/);
			expect(secondsOf()).toBeLessThan(240);
		});

		it('is waited for on where it writes the job in another shape for a while', async () => {
			away(() => (secondsOf() < 300 ? { status: 200, body: { job: { state: 'x' } } } : undefined));

			const [item] = await stage.run(call, options(call));

			expect(item!.json.error ?? null).toBeNull();
			expect(secondsOf()).toBeGreaterThanOrEqual(300);
		});
	});
});

describe('the very first look at a job whose ID was given', () => {
	const BY_ID = callsOf(/(transcription|job) wait$/);
	let number = 0;
	/** The same provider at a Base URL from which nobody has had an answer in this process. */
	const unknown = (call: OperationCall, baseUrl: string) => ({
		mode: 'manual' as const,
		credentials: {
			[`${call.provider}Api`]: { apiKey: STAGE_KEY, baseUrl: `${baseUrl}/${(number += 1)}/..` },
		},
	});

	describe.each(BY_ID)('%s', (_name, call) => {
		const baseUrlOf = () => {
			const [credential] = Object.values(stage.setupOf(call).credentials!);
			return String(credential!.baseUrl);
		};

		it.each([401, 403, 404, 410])(
			'fails at once where the provider refuses: %d',
			async (status) => {
				stage.meddle = () => ({ status, body: { error: 'No', detail: 'No', code: 'NO' } });

				const error = await errorOf(stage.run(call));

				expect(error.message).toContain('refused the request to read');
				expect(stage.calls).toHaveLength(1);
			},
		);

		it.each([200, 403, 404])(
			'shows at once in the editor that a web page answers where nobody did before: %d',
			async (status) => {
				stage.meddle = () => webPage(status);

				const error = await errorOf(stage.run(call, {}, unknown(call, baseUrlOf())));

				expect(error.message).toMatch(/sent a web page .*to the request to read/);
				expect(error.description).toMatch(/Base URL is the API's address/);
				expect(secondsOf()).toBe(0);
			},
		);

		it.each([200, 302, 403, 404])(
			'is made again in the editor where the provider has answered before: %d',
			async (status) => {
				await stage.run(call, {}, { mode: 'manual' });
				const until = Date.now() + 120_000;
				stage.meddle = () => (Date.now() < until ? webPage(status) : undefined);

				const [item] = await stage.run(call, {}, { mode: 'manual' });

				expect(item!.json.error ?? null).toBeNull();
				expect(Date.now()).toBeGreaterThanOrEqual(until);
			},
		);
	});
});

describe('a web page that refuses', () => {
	it.each(callsOf(/ get$/, /getMany$/, /getBalance/, /account get/))(
		'is not taken for the provider: %s',
		async (_name, call) => {
			stage.meddle = () => webPage(403);

			const error = await errorOf(stage.run(call, { maxRetries: 0 }));

			const isAppliance = call.provider === 'mediaScribe';
			expect(error.message).toMatch(
				isAppliance ? /refused the request/ : /sent a web page with HTTP 403 to the request to/,
			);
			if (!isAppliance) expect(error.description).toContain('something in between sent it');
			expect(everythingSaidBy(error)).not.toContain('Router');
		},
	);

	it.each([400, 413, 414, 415, 422])(
		'for the form of the request is meant, and not sent again: %d',
		async (status) => {
			const [[, call]] = callsOf(/scriptivox .* url/) as [[string, OperationCall]];
			await stage.run(call);
			stage.calls.length = 0;
			stage.meddle = () => webPage(status);

			const error = await errorOf(stage.run(call));

			expect(error.message).toContain(
				`refused the request to start a transcription: HTTP ${status}`,
			);
			expect(stage.calls).toHaveLength(1);
		},
	);
});
