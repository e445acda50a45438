import { PlayedGoogleSheets } from '../../dev/proxy/hosts/googleSheets';
import { PlayedSlack } from '../../dev/proxy/hosts/slack';
import { PlayedTelegram } from '../../dev/proxy/hosts/telegram';

const CHAT = 42;

/** Sends JSON, and gives the status with what came back. */
async function call(url: string, body?: object, token?: string) {
	const reply = await fetch(url, {
		method: body ? 'POST' : 'GET',
		headers: {
			connection: 'close',
			'content-type': 'application/json',
			...(token && { authorization: `Bearer ${token}` }),
		},
		body: body && JSON.stringify(body),
	});
	return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

describe('the played Telegram', () => {
	let telegram: PlayedTelegram;
	let url: string;
	beforeAll(async () => {
		telegram = await PlayedTelegram.start('1:secret', CHAT);
		url = telegram.hosts['api.telegram.org']!;
	});
	afterAll(async () => await telegram.stop());
	const send = async (message: object) =>
		await call(`${url}/bot1:secret/sendMessage`, { chat_id: CHAT, ...message });

	it('shows a message with its markup read', async () => {
		await send({ text: '<b>a</b> &lt; b &amp; c', parse_mode: 'HTML', reply_to_message_id: 3 });

		expect(telegram.sent).toEqual([{ chat_id: CHAT, text: 'a < b & c', reply_to_message_id: 3 }]);
	});

	it.each([
		['nothing', { text: ' ' }, 'message text is empty'],
		['too much', { text: 'x'.repeat(4097) }, 'message is too long'],
		['a tag that there is not', { text: 'a <c', parse_mode: 'HTML' }, "can't parse entities"],
		['half a mark', { text: 'a_b', parse_mode: 'Markdown' }, "can't parse entities"],
		['a chat that it is not in', { text: 'a', chat_id: 7 }, 'chat not found'],
	])('refuses %s', async (_what, message, description) => {
		const reply = await send(message);

		expect(reply.status).toBe(400);
		expect(reply.body.description).toContain(description);
	});

	it('knows no other bot, file or method', async () => {
		expect((await call(`${url}/bot1:wrong/getWebhookInfo`)).status).toBe(401);
		expect((await call(`${url}/bot1:secret/getFile?file_id=none`)).status).toBe(400);
		expect((await call(`${url}/bot1:secret/getNothing`)).status).toBe(404);
	});
});

it('the played Slack refuses what Slack refuses, with the status 200', async () => {
	const slack = await PlayedSlack.start('xoxb', ['#meetings']);
	const url = `${slack.hosts['slack.com']}/api/chat.postMessage`;
	const errorOf = async (message: object, token = 'xoxb') => {
		const { status, body } = await call(url, message, token);
		expect(status).toBe(200);
		return body.error;
	};

	expect(await errorOf({ channel: '#meetings', text: 'Hello' }, 'other')).toBe('invalid_auth');
	expect(await errorOf({ channel: '#other', text: 'Hello' })).toBe('channel_not_found');
	expect(await errorOf({ channel: '#meetings', text: '' })).toBe('no_text');
	expect(await errorOf({ channel: '#meetings', text: 'Hello' })).toBeUndefined();
	expect(slack.posted).toEqual([{ channel: '#meetings', text: 'Hello' }]);
	await slack.stop();
});

it('the played Google Sheets reads and writes cells, and refuses what is no range or too long', async () => {
	const sheets = await PlayedGoogleSheets.start('ya29');
	const url = `${sheets.hosts['sheets.googleapis.com']}/v4/spreadsheets/${sheets.spreadsheetId}`;
	const write = async (range: string, text: string, token = 'ya29') => {
		const body = { valueInputOption: 'RAW', data: [{ range, values: [[text]] }] };
		return (await call(`${url}/values:batchUpdate`, body, token)).status;
	};
	sheets.rows = [
		['Link', 'State'],
		['a', ''],
	];

	expect(await write('Sheet1!B2', 'done', 'other')).toBe(401);
	expect(await write('Other!B2', 'done')).toBe(400);
	expect(await write('Sheet1!B2', 'x'.repeat(50_001))).toBe(400);
	expect(await write('Sheet1!B2', 'done')).toBe(200);
	const read = await call(`${url}/values/Sheet1!A2:B2`, undefined, 'ya29');
	expect(read.body.values).toEqual([['a', 'done']]);
	await sheets.stop();
});
