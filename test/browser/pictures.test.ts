import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { keepPicture, pictureNames } from './pictures';
import { currentStage } from './stage';

describe('a picture for the docs', () => {
	const { credentials } = currentStage();
	const { apiKey } = credentials.find(({ type }) => type === 'scriptivoxApi')!.data;
	let page: Page;

	beforeAll(async () => {
		const browser = await globalThis.browserPages.browserOfStage();
		page = await browser.newPage();
	});
	afterAll(async () => await page?.close());

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

	it('shows what the page shows, with a palette of colours', async () => {
		// beside the docs' own picture of that name
		const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
		await page.setContent('<body style="background: rgb(12, 200, 99)"></body>');
		const clip = { x: 0, y: 0, width: 30, height: 20 };

		await keepPicture(page, pictureNames[0]!, { clip }, folder);

		const picture = sharp(await readFile(join(folder, `${pictureNames[0]!}.png`)));
		expect(await picture.metadata()).toMatchObject({
			format: 'png',
			isPalette: true,
			width: 30,
			height: 20,
		});
		expect([...(await picture.removeAlpha().raw().toBuffer()).subarray(0, 3)]).toEqual([
			12, 200, 99,
		]);
		await rm(folder, { recursive: true });
	});
});
