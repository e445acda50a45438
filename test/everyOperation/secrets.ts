import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Recorder, RecordedRequest } from './recorder';

/** A text that only one credential may send. */
export interface KnownSecret {
	provider: string;
	account: string;
	/** The credential's field that holds it. */
	field: string;
	value: string;
}

/** The fields of each provider's credential that hold secrets, the one that goes with each request first. */
const SECRET_FIELDS: Record<string, string[]> = {
	scriptivox: ['apiKey'],
	whipscribe: ['apiKey', 'userEmail', 'idToken', 'guestToken'],
	transcripton: ['apiKey', 'webhookSecret'],
	scripe: ['apiKey'],
	mediaScribe: ['apiToken'],
	dropbox: ['accessToken', 'clientSecret', 'refreshToken'],
	// of presigned addresses
	storage: ['signature'],
};

/** The secrets of a provider's credential, each of them found nowhere else. */
export function secretsOf(provider: string, account: string): KnownSecret[] {
	return (SECRET_FIELDS[provider] ?? []).map((field) => ({
		provider,
		account,
		field,
		value: `secret-${field}-of-${provider}-${account}`,
	}));
}

/** What is entered into a provider's credential for an account of the recorder. */
export function credentialData(
	provider: string,
	account: string,
	{ addressOf }: Pick<Recorder, 'addressOf'>,
): ICredentialDataDecryptedObject {
	const secrets = secretsOf(provider, account).map(({ field, value }) => [field, value]);
	return { ...Object.fromEntries(secrets), baseUrl: addressOf(provider, account) };
}

/** What is wrong with the secrets that a request carries, one line for each. */
export function leaksIn(request: RecordedRequest, known: KnownSecret[]): string[] {
	const { provider, account, call, text } = request;
	const carried = known.filter(({ value }) => text.includes(value));
	const foreign = carried.filter((one) => one.provider !== provider || one.account !== account);
	const [key] = secretsOf(provider, account);
	const isKeyMissing = key !== undefined && !carried.some(({ value }) => value === key.value);
	return [
		...foreign.map(({ value }) => `${provider} ${account} ${call}: carries ${value}`),
		...(isKeyMissing ? [`${provider} ${account} ${call}: does not carry ${key.value}`] : []),
	];
}
