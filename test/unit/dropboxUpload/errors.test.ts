import nock from 'nock';

import { DropboxUploadTrigger } from '../../../nodes/DropboxUpload/DropboxUploadTrigger.node';
import { errorOf, everythingSaidBy, listSearch } from '../harness';
import {
	api,
	begun,
	credentials,
	expectChanges,
	fileEntry,
	namesOf,
	REFRESH_TOKEN,
	SECRET,
	TOKEN,
} from './support';

const polling = { receive: 'polling' };

/** Expects a look that Dropbox answers so, as often as it comes. */
const expectAnswer = (status: number, body: nock.Body, headers: nock.ReplyHeaders = {}) =>
	api().post('/2/files/list_folder/continue').reply(status, body, headers);

describe('an error of Dropbox', () => {
	it.each([
		['path/not_found', 'path/not_found/..', 'Check the folder'],
		['path/not_folder', 'path/not_folder/', 'Choose a folder'],
		['path/malformed_path', 'path/malformed_path/...', 'A path starts with a slash'],
		['path/restricted_content', 'path/restricted_content/.', 'legal'],
	])('%s is explained', async (code, error_summary, help) => {
		const { poll } = await begun(polling);
		expectAnswer(409, { error_summary, error: { '.tag': 'path' } });

		const error = await errorOf(poll());

		expect(error.message).toBe(
			`Dropbox refused the request to read the changes of a folder: ${code}`,
		);
		expect(error.description).toContain(help);
		expect(error.context).toMatchObject({ code, httpStatus: 409 });
	});

	it('in plain text is passed on', async () => {
		const { poll } = await begun(polling);
		expectAnswer(400, 'Error in call to API function "x": bad cursor', {
			'content-type': 'text/plain',
		});

		const error = await errorOf(poll());

		expect(error.message).toContain('bad cursor');
		expect(error.httpCode).toBe('400');
	});

	it.each(['too_many_requests', 'too_many_write_operations'])(
		'429 %s is waited out as Dropbox asks',
		async (reason) => {
			const { poll } = await begun(polling);
			expectAnswer(
				429,
				{ error_summary: `${reason}/..`, error: { reason: { '.tag': reason }, retry_after: 3 } },
				{ 'retry-after': '3' },
			);
			expectChanges('cursor-0', [fileEntry('talk.mp3')]);

			expect(namesOf(await poll())).toEqual(['talk.mp3']);
		},
	);

	it('429 with too long a wait is told without options that the trigger has not', async () => {
		const { poll } = await begun(polling);
		expectAnswer(429, { error_summary: 'too_many_requests/..' }, { 'retry-after': '700' });

		const error = await errorOf(poll());

		expect(error.message).toContain("Dropbox's limit for requests to");
		expect(error.description).toBe(
			'It asked to wait 700 seconds. Send fewer requests with this credential, or try again later.',
		);
	});

	it('5xx is tried again', async () => {
		const { poll } = await begun(polling);
		expectAnswer(503, '<html>busy</html>', { 'content-type': 'text/html' });
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);

		expect(namesOf(await poll())).toEqual(['talk.mp3']);
	});

	it('missing_scope says which permissions the app needs', async () => {
		const { poll } = await begun(polling);
		const refusal = {
			error_summary: 'missing_scope/..',
			error: { '.tag': 'missing_scope', required_scope: 'files.metadata.read' },
		};
		expectAnswer(401, refusal);
		nock('https://api.dropboxapi.com')
			.post('/oauth2/token')
			.reply(200, { access_token: 'sl.renewed', expires_in: 14400, token_type: 'bearer' });
		api('sl.renewed').post('/2/files/list_folder/continue').reply(401, refusal);

		const error = await errorOf(poll());

		expect(error.message).toContain('missing_scope');
		expect(error.description).toContain('files.content.write');
	});
});

describe('a token that has expired', () => {
	const expired = {
		error_summary: 'expired_access_token/..',
		error: { '.tag': 'expired_access_token' },
	};

	it('is renewed, and the request sent again', async () => {
		const { poll } = await begun(polling);
		expectAnswer(401, expired);
		nock('https://api.dropboxapi.com')
			.post('/oauth2/token', (form: Record<string, string>) => {
				expect(form).toMatchObject({
					grant_type: 'refresh_token',
					refresh_token: REFRESH_TOKEN,
				});
				return true;
			})
			.basicAuth({ user: 'app-key', pass: SECRET })
			.reply(200, { access_token: 'sl.renewed', expires_in: 14400, token_type: 'bearer' });
		api('sl.renewed')
			.post('/2/files/list_folder/continue')
			.reply(200, { entries: [fileEntry('talk.mp3')], cursor: 'next', has_more: false });

		expect(namesOf(await poll())).toEqual(['talk.mp3']);
	});

	it('says to connect the credential again where it cannot be renewed', async () => {
		const { poll } = await begun(polling);
		expectAnswer(401, expired);
		nock('https://api.dropboxapi.com').post('/oauth2/token').reply(400, {
			error: 'invalid_grant',
			error_description: 'refresh token is invalid or revoked',
		});

		const error = await errorOf(poll());

		expect(error.message).toBe(
			'Dropbox refused the request to read the changes of a folder: HTTP 401',
		);
		expect(error.description).toContain('connect it to Dropbox again');
		expect(error.httpCode).toBe('401');
		for (const secret of [SECRET, TOKEN, REFRESH_TOKEN]) {
			expect(everythingSaidBy(error)).not.toContain(secret);
		}
	});
});

describe('a token that has expired while the line or Dropbox is in trouble', () => {
	const expired = {
		error_summary: 'expired_access_token/..',
		error: { '.tag': 'expired_access_token' },
	};
	const renewal = () => nock('https://api.dropboxapi.com').post('/oauth2/token');
	/** Expects a renewed token, and a look with it that finds one file. */
	const expectRenewal = () => {
		renewal().reply(200, { access_token: 'sl.renewed', expires_in: 14400, token_type: 'bearer' });
		api('sl.renewed')
			.post('/2/files/list_folder/continue')
			.reply(200, { entries: [fileEntry('talk.mp3')], cursor: 'next', has_more: false });
	};
	const lineFails = (code: string) => Object.assign(new Error(`the line said ${code}`), { code });

	it.each(['EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH', 'UND_ERR_SOCKET'])(
		'is renewed with the next try after %s',
		async (code) => {
			const { poll } = await begun(polling);
			expectAnswer(401, expired);
			renewal().replyWithError(lineFails(code));
			expectAnswer(401, expired);
			expectRenewal();

			expect(namesOf(await poll())).toEqual(['talk.mp3']);
		},
	);

	it.each([429, 500, 503])('is renewed with the next try after a %d', async (status) => {
		const { poll } = await begun(polling);
		expectAnswer(401, expired);
		renewal().reply(status, 'Come again', { 'content-type': 'text/plain' });
		expectAnswer(401, expired);
		expectRenewal();

		expect(namesOf(await poll())).toEqual(['talk.mp3']);
	});

	it.each(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
		'says to look at the certificate after %s',
		async (code) => {
			const { poll } = await begun(polling);
			expectAnswer(401, expired);
			renewal().replyWithError(lineFails(code));

			const error = await errorOf(poll());

			expect(error.message).toContain('its certificate is not trusted');
			expect(error.description).not.toContain('connect it to Dropbox again');
		},
	);

	it.each([
		['invalid_grant', 400, { error: 'invalid_grant' }],
		['invalid_client', 401, { error: 'invalid_client' }],
		['unauthorized_client', 400, { error: 'unauthorized_client' }],
		['words without a code', 400, 'No such app'],
	])('says to connect again where the renewal is refused: %s', async (_what, status, body) => {
		const { poll } = await begun(polling);
		expectAnswer(401, expired);
		renewal().reply(status, body);

		const error = await errorOf(poll());

		expect(error.description).toContain('connect it to Dropbox again');
		expect(error.httpCode).toBe('401');
	});
});

describe('the list of folders to choose from', () => {
	const search = async (filter?: string, paginationToken?: string) =>
		await listSearch({
			node: new DropboxUploadTrigger(),
			credentials: credentials(),
			method: 'searchFolders',
			filter,
			paginationToken,
		});
	const folder = (path: string) => ({
		'.tag': 'folder',
		name: path.split('/').pop(),
		path_display: path,
		path_lower: path.toLowerCase(),
	});

	it('begins with everything, then the folders at the top', async () => {
		api()
			.post('/2/files/list_folder', { path: '', recursive: false, limit: 2000 })
			.reply(200, {
				entries: [folder('/Team'), fileEntry('talk.mp3'), folder('/Archive')],
				cursor: 'further',
				has_more: true,
			});

		expect(await search()).toEqual({
			results: [
				{ name: '/ (Everything)', value: '/' },
				{ name: '/Archive', value: '/Archive' },
				{ name: '/Team', value: '/Team' },
			],
			paginationToken: 'further',
		});
	});

	it('goes on where there are more', async () => {
		expectChanges('further', [folder('/Zoo')]);

		expect((await search('', 'further')).results).toEqual([{ name: '/Zoo', value: '/Zoo' }]);
	});

	it.each([
		['team', '', ['/Team']],
		['/Team/', '/Team', ['/Team/2025', '/Team/2026']],
		['/Team/2026', '/Team', ['/Team/2026']],
	])('follows what is typed: %j', async (filter, path, expected) => {
		const entries = path === '' ? ['/Team', '/Archive'] : ['/Team/2026', '/Team/2025'];
		api()
			.post('/2/files/list_folder', { path, recursive: false, limit: 2000 })
			.reply(200, { entries: entries.map(folder), cursor: 'c', has_more: false });

		expect((await search(filter)).results.map(({ value }) => value)).toEqual(expected);
	});
});
