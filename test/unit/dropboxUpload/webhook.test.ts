import { randomUUID } from 'node:crypto';

import {
	ACCOUNT,
	api,
	begun,
	expectChanges,
	fileEntry,
	namesOf,
	notificationOf,
	OUTPUT,
	SECRET,
	signatureOf,
	trigger,
} from './support';

const NOTHING = Buffer.alloc(0);

describe('the check of the address', () => {
	it('gets its challenge back as plain text that no browser takes for a page', async () => {
		const challenge = '<script>alert(1)</script>';

		const answer = await trigger().call({ method: 'GET', query: { challenge }, body: NOTHING });

		expect(answer).toEqual({
			status: 200,
			body: challenge,
			items: null,
			headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
		});
	});

	it.each([
		['no challenge', {}],
		['two challenges', { challenge: ['a', 'b'] }],
	])('is answered with 400 where it holds %s', async (_what, query) => {
		const answer = await trigger().call({
			method: 'GET',
			query: query as Record<string, string>,
			body: NOTHING,
		});

		expect(answer).toMatchObject({ status: 400, items: null });
	});
});

describe('a genuine notification', () => {
	it('is believed by a signature that is known to be right', async () => {
		const { call } = await begun();
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);
		const body = Buffer.from(`{"list_folder": {"accounts": ["${ACCOUNT}"]}}`);
		const signature = '588ab9d4b148afc5cdefba7e64380a5751af9cf234c4b797e40e426bdf28f14d';

		const answer = await call({ body, headers: { 'X-Dropbox-Signature': signature } });

		expect(signatureOf(body)).toBe(signature);
		expect(answer.status).toBe(200);
	});

	it('is answered at once and starts the workflow with what changed', async () => {
		const { notify } = await begun();
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);

		expect(await notify()).toEqual({
			status: 200,
			body: { received: true },
			items: [{ json: OUTPUT }],
			headers: { connection: 'close' },
		});
	});

	it('starts nothing where nothing in the folder changed', async () => {
		const { notify } = await begun();
		expectChanges('cursor-0', []);

		expect(await notify()).toMatchObject({ status: 200, items: null });
	});

	it('starts nothing, and asks Dropbox nothing, where it is about other accounts only', async () => {
		const { call } = await begun();
		const body = notificationOf('dbid:somebody-else');

		const answer = await call({ body, headers: { 'X-Dropbox-Signature': signatureOf(body) } });

		expect(answer).toMatchObject({ status: 200, items: null });
	});

	it('does not emit a file twice when it comes twice at once', async () => {
		const { notify } = await begun();
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);
		expectChanges('cursor-0*', []);

		const answers = await Promise.all([notify({ staticData: {} }), notify({ staticData: {} })]);

		expect(answers.map(({ items }) => namesOf(items))).toEqual([['talk.mp3'], null]);
	});

	it('goes on from the newest memory, whether of this process or of the database', async () => {
		const { notify, staticData } = await begun();
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);
		await notify();
		const stored = JSON.parse(JSON.stringify(staticData)) as typeof staticData;
		expectChanges('cursor-0*', []);

		// another process has no memory of its own
		expect(await notify({ staticData: stored, nodeId: randomUUID() })).toMatchObject({
			items: null,
		});
	});

	it('fails, after it was answered, where Dropbox cannot be asked, and loses nothing', async () => {
		const { notify } = await begun();
		api()
			.post('/2/files/list_folder/continue')
			.reply(409, {
				error_summary: 'path/not_found/.',
				error: { '.tag': 'path', path: { '.tag': 'not_found' } },
			});

		await expect(notify()).rejects.toThrow('path/not_found');

		expectChanges('cursor-0', [fileEntry('talk.mp3')]);
		expect(namesOf((await notify()).items)).toEqual(['talk.mp3']);
	});

	it('lets the editor poll for a sample while somebody tests there', async () => {
		const { notify } = trigger();

		expect(await notify({ mode: 'manual' })).toMatchObject({ status: 200, items: [{ json: {} }] });
	});
});

describe('a notification that is not genuine', () => {
	const body = notificationOf(ACCOUNT);
	const signature = signatureOf(body);

	it.each([
		['unsigned', {}, body],
		['signed with another secret', { 'X-Dropbox-Signature': signatureOf(body, 'other') }, body],
		['signed for another body', { 'X-Dropbox-Signature': signature }, notificationOf('dbid:x')],
		['half of its signature', { 'X-Dropbox-Signature': signature.slice(0, 32) }, body],
		['no hex', { 'X-Dropbox-Signature': 'z'.repeat(64) }, body],
		[
			'written otherwise, though it says the same',
			{ 'X-Dropbox-Signature': signature },
			Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)),
		],
	])('is turned away with 401: %s', async (_what, headers, sent) => {
		const answer = await trigger().call({ body: sent, headers: headers as Record<string, string> });

		expect(answer).toMatchObject({ status: 401, items: null });
		expect(JSON.stringify(answer)).not.toContain(SECRET);
	});

	it('is turned away with 401 where the credential has no app secret', async () => {
		const empty = signatureOf(body, 'x');

		const answer = await trigger().call({
			body,
			headers: { 'X-Dropbox-Signature': empty },
			credentials: { dropboxUploadOAuth2Api: { clientId: 'app-key', clientSecret: '' } },
		});

		expect(answer).toMatchObject({ status: 401, items: null });
	});

	it.each(['no JSON', '{}', '[]', '{"list_folder": {}}'])(
		'is turned away with 400 where it is signed but says nothing: %s',
		async (text) => {
			const answer = await trigger().call({
				body: Buffer.from(text),
				headers: { 'X-Dropbox-Signature': signatureOf(text) },
			});

			expect(answer).toMatchObject({ status: 400, items: null });
		},
	);
});
