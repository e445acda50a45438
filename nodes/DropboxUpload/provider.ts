import { frozen } from '../shared/core/frozen';
import type { Provider, ProviderError } from '../shared/core/provider';
import { objectOf, textOf } from '../shared/core/wireValues';

const RECONNECT_HINT =
	'Open the credential and connect it to Dropbox again. Its app must still exist and the account must not have removed it.';
const FOLDER_HINT =
	'Check the folder: it may have been moved, renamed or deleted. An app that has access to its own folder only sees no other.';

/** What `shared` has to know about Dropbox. */
export const dropbox = frozen<Provider>({
	name: 'Dropbox',
	credentialType: 'dropboxUploadOAuth2Api',
	address: 'https://api.dropboxapi.com/2',
	renewsToken: true,
	secretFields: ['clientSecret', 'oauthTokenData.access_token', 'oauthTokenData.refresh_token'],
	readError,
	hints: {
		'path/not_found': FOLDER_HINT,
		'path/not_folder': 'Choose a folder: what the path leads to is a file.',
		'path/malformed_path': 'A path starts with a slash and has none at its end: /Recordings/2026.',
		'path/restricted_content': 'Dropbox does not hand this file out, for legal reasons.',
		reset: 'Run the node again: it lists the folder again.',
		missing_scope:
			"Turn on the permissions account_info.read, files.metadata.read, files.content.read and files.content.write of the app in Dropbox's App Console, then connect the credential again.",
		expired_access_token: RECONNECT_HINT,
		invalid_access_token: RECONNECT_HINT,
		user_suspended: "The Dropbox account is suspended. Ask its team's administrator.",
		'401': RECONNECT_HINT,
		'403': 'The Dropbox account or its team does not allow this.',
	},
});

/**
 * Reads an error of Dropbox: JSON with an `error_summary`, which ends in some full stops, or plain
 * text for a request that it does not understand (Dropbox HTTP API, errors).
 */
function readError(body: unknown): ProviderError | undefined {
	if (typeof body === 'string') return body === '' ? undefined : { code: null, message: body };
	const { error_summary, user_message, error } = objectOf(body);
	const summary = textOf(error_summary);
	if (summary === null) {
		// the token endpoint speaks OAuth's own words
		const code = textOf(error);
		return code === null ? undefined : { code, message: '' };
	}
	return {
		code: summary.replace(/[/.]+$/, ''),
		message: textOf(objectOf(user_message).text) ?? textOf(user_message) ?? '',
	};
}
