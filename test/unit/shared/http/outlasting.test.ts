import type { NodeApiError } from 'n8n-workflow';

import { settled } from '../../../../nodes/shared/core/settled';
import { everyCall } from '../../../everyOperation/operations';
import type { OperationCall } from '../../../everyOperation/operations';
import type { Meddling, StageCall } from '../../../everyOperation/stage';
import { logOf, lookingUp, onTheInternet, runWith } from '../../advice/advice';
import type { Setup } from '../../advice/advice';
import {
	callsOf,
	errorOf,
	everythingSaidBy,
	nameOf,
	START,
	STAGE_KEY,
	useStage,
	waits,
} from '../../harness';

const stage = useStage();
// whether the appliance is recording, the stage cannot play
const EVERY_CALL = everyCall
	.map((call): [string, OperationCall] => [nameOf(call), call])
	.filter(([name]) => !/recording (start|stop)/.test(name));

/** Whose jobs Whipscribe's Claim takes over. */
const USER = { userEmail: 'user@example.com', idToken: 'token-of-the-user' };
const secondsOf = () => (Date.now() - START.getTime()) / 1000;
const page = '<!doctype html><title>Bad Gateway</title>';

/** What comes of a request while the plug is out, behind a line or a proxy that is still there. */
const OUTAGES: Array<[string, Meddling]> = [
	['the line breaks', 'reset'],
	['the provider answers 503', { status: 503, body: {} }],
	['a proxy answers 502', { status: 502, body: page, headers: { 'content-type': 'text/html' } }],
	['a gateway answers 504', { status: 504, body: '' }],
	['a proxy finds nobody behind it', { status: 522, body: page }],
];

/** Writes without an idempotency key, which may be paid twice where they are sent twice. */
const SENT_ONCE = /transcripton job transcribe/;
const isWrite = ({ call }: StageCall) => !call.startsWith('GET');

describe('a provider that is away for ten minutes when an operation begins', () => {
	describe.each(EVERY_CALL)('%s', (name) => {
		let usual: unknown[];
		let backAt: number;
		const isAway = () => Date.now() < backAt;
		/** What the operation puts out, with what differs from the usual. */
		const given = async (credential: Setup['credential'] = {}) => {
			const items = await runWith(stage, name, { credential: { ...USER, ...credential } });
			return items.map(({ json }) => json);
		};
		beforeEach(async () => {
			usual = await given();
			backAt = Date.now() + 600_000;
			stage.calls.length = 0;
		});

		it.each(['EAI_AGAIN', 'ENETUNREACH'])(
			'loses nothing where no connection can be made: %s',
			async (code) => {
				const items = await lookingUp(
					() => (isAway() ? code : undefined),
					async () => await given({ baseUrl: onTheInternet }),
				);

				expect(items).toEqual(usual);
				expect(isAway()).toBe(false);
			},
		);

		it.each(OUTAGES.slice(0, 3))(
			'where %s, loses nothing, or what may be paid twice is sent once',
			async (_what, meddling) => {
				stage.meddle = () => (isAway() ? meddling : undefined);

				const outcome = await settled(given());

				if ('value' in outcome) {
					expect(SENT_ONCE.test(name)).toBe(false);
					expect(outcome.value).toEqual(usual);
					expect(isAway()).toBe(false);
					return;
				}
				expect(SENT_ONCE.test(name)).toBe(true);
				expect(stage.calls.filter(isWrite)).toHaveLength(1);
				expect((outcome.failure as NodeApiError).description).toContain(
					'may have arrived, so it was not sent again',
				);
			},
		);
	});
});

describe('a storage that is away for ten minutes under an upload', () => {
	const UPLOADS = callsOf(/(scriptivox|scripe) .* binaryFile/, /file upload/, /upload create/);
	const KINDS: typeof OUTAGES = [
		...OUTAGES,
		['it asks to slow down', { status: 503, body: 'SlowDown' }],
	];

	describe.each(UPLOADS)('%s', (_name, call) => {
		it.each(KINDS)('gets the file all the same, where %s', async (_what, meddling) => {
			const isDown = ({ provider }: StageCall) => provider === 'storage' && secondsOf() < 600;
			stage.meddle = (one) => (isDown(one) ? meddling : undefined);

			const [item] = await stage.run(call);

			expect(item?.json.error ?? null).toBeNull();
			const puts = stage.calls.filter(({ provider }) => provider === 'storage');
			expect(puts.at(-1)!.body).toBe('sound of speech');
			expect(secondsOf()).toBeGreaterThanOrEqual(600);
		});

		it('gives up in the end, and shows no address', async () => {
			stage.meddle = ({ provider }) => (provider === 'storage' ? 'reset' : undefined);

			const error = await errorOf(stage.run(call));

			expect(error.message).toContain('could not be uploaded: the connection was lost');
			expect(secondsOf()).toBeGreaterThanOrEqual(900);
			expect(secondsOf()).toBeLessThan(1000);
		});

		it('is believed when it refuses once it is back, and not before a second address', async () => {
			const refusal = { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
			stage.meddle = ({ provider }) => {
				if (provider !== 'storage') return undefined;
				return secondsOf() < 120 ? 'reset' : refusal;
			};

			const error = await errorOf(stage.run(call));

			expect(error.message).toContain('the storage answered with HTTP 403');
			const isRefused = ({ provider }: StageCall) => provider === 'storage';
			expect(stage.calls.filter(isRefused).length).toBeGreaterThan(5);
			expect(secondsOf()).toBeLessThan(300);
		});
	});
});

/** What comes of a request while something in between answers in the provider's place. */
const html = { 'content-type': 'text/html' };
const IN_BETWEEN: Array<[string, Meddling]> = [
	['a login page is shown', { status: 200, body: page, headers: html }],
	['a login page refuses', { status: 403, body: page, headers: html }],
	['nothing is known under the address', { status: 404, body: page, headers: html }],
	['a network asks for a login', { status: 511, body: page, headers: html }],
	['a router leads to its own page', { status: 302, body: '', headers: { location: '/login' } }],
];

describe('a router or proxy that answers in the place of a provider', () => {
	const SAFE = EVERY_CALL.filter(([name]) =>
		/transcribe|create|get$|getMany|upload/.test(name),
	).filter(([name, { provider }]) => !SENT_ONCE.test(name) && provider !== 'mediaScribe');

	describe.each(IN_BETWEEN)('where %s', (_what, meddling) => {
		it.each(SAFE)('is outlasted where the provider has answered before: %s', async (name, call) => {
			await stage.run(call);
			const until = Date.now() + 600_000;
			stage.meddle = () => (Date.now() < until ? meddling : undefined);

			await runWith(stage, name, {});

			expect(Date.now()).toBeGreaterThanOrEqual(until);
		});
	});

	it.each(callsOf(/(scriptivox|scripe) .* binaryFile/, /file upload/, /upload create/))(
		'is not taken for a storage that has the file: %s',
		async (_name, call) => {
			const until = Date.now() + 600_000;
			stage.meddle = ({ provider }) =>
				provider === 'storage' && Date.now() < until ? IN_BETWEEN[0]![1] : undefined;

			await stage.run(call);

			expect(Date.now()).toBeGreaterThanOrEqual(until);
		},
	);
});

describe('what is outlasted', () => {
	const STARTS = callsOf(/scriptivox .* url/, /whipscribe .* url/, /source create text/, /get$/);

	describe.each(STARTS)('%s', (_name, call) => {
		it('ends after a quarter of an hour with the message of today', async () => {
			stage.meddle = () => ({ status: 503, body: {} });

			const error = await errorOf(stage.run(call));

			expect(error.message).toMatch(/could not serve the request to .*: HTTP 503/);
			expect(secondsOf()).toBeGreaterThanOrEqual(900);
			expect(secondsOf()).toBeLessThan(1000);
			expect(Math.max(...waits)).toBeLessThanOrEqual(75_000);
			expect(everythingSaidBy(error)).not.toContain(STAGE_KEY);
		});

		it('is told in n8n’s log while it lasts', async () => {
			stage.meddle = () => (secondsOf() < 600 ? 'reset' : undefined);

			const log = await logOf(async () => await stage.run(call));

			expect(log).toMatch(/did not answer the request to .*It is tried again for 15 minutes\.$/);
			expect(log).not.toContain(STAGE_KEY);
		});

		it.each([0, 1, 4])(
			'is tried again as often as a lower Max Retries says: %d',
			async (maxRetries) => {
				stage.meddle = () => ({ status: 503, body: {} });

				await errorOf(stage.run(call, { maxRetries }));

				expect(stage.calls).toHaveLength(maxRetries + 1);
			},
		);

		it('is no answer of the provider: Max Retries counts those, behind an outage too', async () => {
			const busy = { status: 429, body: {} };
			stage.meddle = () => (secondsOf() < 600 ? 'reset' : busy);

			const error = await errorOf(stage.run(call, { maxRetries: 6 }));

			expect(error.message).toContain('is used up');
			expect(secondsOf()).toBeLessThan(900);
		});

		it.each([500, 501, 505])('is not an answer of its own trouble, HTTP %d', async (status) => {
			stage.meddle = () => ({ status, body: {} });

			await errorOf(stage.run(call, { maxRetries: 2 }));

			expect(stage.calls).toHaveLength(3);
		});

		it('ends at once when the execution is stopped', async () => {
			const stop = new AbortController();
			stage.meddle = () => {
				if (stage.calls.length === 8) stop.abort(new Error('stopped by the user'));
				return { status: 502, body: {} };
			};

			await errorOf(stage.run(call, {}, { signal: stop.signal }));

			expect(stage.calls).toHaveLength(8);
		});
	});
});

describe('an address that is mistyped', () => {
	const READS = callsOf(
		/getBalance/,
		/whipscribe account/,
		/transcripton job get$/,
		/workspace/,
		/getStatus/,
	);
	let number = 0;
	/** A Base URL at which nobody has answered before. */
	const fresh = () => {
		number += 1;
		return { baseUrl: `http://never-heard-of-${number}.example` };
	};
	const inEditor = { run: { mode: 'manual' as const } };

	it.each(READS)('is shown within a minute in the editor: %s', async (name) => {
		const error = await errorOf(
			runWith(stage, name, { ...inEditor, credential: { baseUrl: () => fresh().baseUrl } }),
		);

		expect(error.message).toContain('there is no host of that name');
		expect(secondsOf()).toBeLessThan(60);
	});

	it.each(READS)('is outlasted there once it has answered: %s', async (name) => {
		await runWith(stage, name, inEditor);
		stage.meddle = () => (secondsOf() < 600 ? 'reset' : undefined);

		await runWith(stage, name, inEditor);

		expect(secondsOf()).toBeGreaterThanOrEqual(600);
	});
});
