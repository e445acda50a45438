import { type Browser, chromium, type Page } from 'playwright-core';
import { keepPicture, pictureNames } from './pictures';
import { currentStage } from './stage';

describe('a picture for the docs', () => {
	const { credentials, browserEndpoint } = currentStage();
	const { apiKey } = credentials.find(({ type }) => type === 'scriptivoxApi')!.data;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await chromium.connect(browserEndpoint);
		page = await browser.newPage();
	});
	afterAll(async () => await browser?.close());

	it.each([
		['in a text', `<p>Key: <b>${String(apiKey)}</b></p>`],
		['in a field', `<input type="text" value="Bearer ${String(apiKey)}">`],
		['in a large field', `<textarea>{ "key": "${String(apiKey)}" }</textarea>`],
	])('is not taken of a page that shows a key %s', async (_where, body) => {
		await page.setContent(body);

		await expect(keepPicture(page, pictureNames[0]!)).rejects.toThrow(
			'would show a secret of scriptivoxApi',
		);
	});
});
