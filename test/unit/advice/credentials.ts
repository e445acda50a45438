import { STAGE_KEY } from '../harness';
import { UUID } from '../../everyOperation/operations';
import { answering } from './advice';
import type { Advice, Meddle } from './advice';
import { EVERY_PROVIDER, LISTS } from './outputs';

const TOKEN = 'token-of-a-guest';
const SIGNED_IN = { idToken: 'id-token', userEmail: 'ann@example.com' };

/** Whipscribe hands jobs over only to a user whom it knows. */
const toUsersOnly: Meddle = (call) =>
	call.headers.authorization === 'Bearer id-token'
		? undefined
		: answering(/claim$/, 401, { error: 'Sign in', code: 'AUTHENTICATION_REQUIRED' })(call);

/** Credentials that lack something, or hold what cannot be sent. */
export const credentials: Advice[] = [
	{
		message: 'The Base URL of the … credential …',
		page: 'The address must begin with `https://`, or `http://` for an appliance in your own network',
		panel: /enter the address alone, with https:\/\/ or http:\/\/ in front/,
		trials: EVERY_PROVIDER.map((trial) => ({
			...trial,
			wrong: { credential: { baseUrl: (own: string) => own.replace('http://', '') } },
			right: { credential: { baseUrl: undefined } },
		})),
	},
	...(
		[
			['Remove everything before the `@`', (own) => own.replace('//', '//ann:secret@')],
			['Remove the `?` and everything after it', (own) => `${own}?key=1`],
			['Remove the `#` and everything after it', (own) => `${own}#keys`],
		] as Array<[string, (own: string) => string]>
	).map(([page, baseUrl]) => ({
		message: 'The Base URL of the … credential …',
		page,
		panel: /no user, no query \(\?\) and no fragment \(#\)/,
		trials: EVERY_PROVIDER.map((trial) => ({
			...trial,
			wrong: { credential: { baseUrl } },
			right: { credential: { baseUrl: undefined } },
		})),
	})),
	{
		message: 'The … of the … credential holds a line end or another character that cannot be sent',
		page: 'Open the credential and enter the key again',
		panel: /Open the credential and enter it again/,
		trials: EVERY_PROVIDER.flatMap((trial) =>
			['first line\nsecond line', '••••••••'].map((key) => ({
				...trial,
				wrong: { credential: { apiKey: key, apiToken: key } },
				right: { credential: { apiKey: STAGE_KEY, apiToken: STAGE_KEY } },
			})),
		),
	},
	{
		message: 'The API Version of the Scripe credential is not a date',
		page: 'look like `2026-08-01`',
		panel: /enter a version such as 2026-08-01/,
		trials: [
			{
				...LISTS[3]!,
				wrong: { credential: { apiVersion: 'v1' } },
				right: { credential: { apiVersion: '2026-08-01' } },
			},
		],
	},
	{
		message: 'Jobs can be claimed only for a signed-in user',
		page: 'enter the *ID Token* and email address of the user',
		panel: /Enter the ID Token of the user who shall have the jobs/,
		trials: [
			{
				of: 'whipscribe job claim',
				right: { credential: SIGNED_IN },
				always: toUsersOnly,
				gives: { json: { claimed: 1 } },
			},
		],
	},
	{
		message: 'Claim Tokens is empty',
		page: 'the field `claimToken` in the output of *Transcribe*',
		panel: /the field claimToken of the output of Transcribe/,
		trials: [
			{
				of: 'whipscribe job claim',
				wrong: { credential: SIGNED_IN, parameters: { claimTokens: '' } },
				right: { parameters: { claimTokens: TOKEN } },
				always: toUsersOnly,
				gives: { json: { claimed: 1 } },
			},
		],
	},
	{
		message: 'Claim Token must be a text without spaces',
		page: 'Use the value of the field `claimToken`',
		panel: /Take it from the field claimToken of the output of Transcribe/,
		trials: [
			{
				of: 'whipscribe job get',
				wrong: { options: { claimToken: `Token: ${TOKEN}` } },
				right: { options: { claimToken: TOKEN } },
				gives: { json: { id: UUID, status: 'completed' } },
			},
		],
	},
];
