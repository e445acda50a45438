import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page, PageScreenshotOptions } from 'playwright-core';
import { workFolder } from '../../dev/paths';
import { smallPng } from './smallPng';

/** Where the pictures go: the docs' folder with `npm run pictures`, else one that git ignores. */
export const picturesFolder = process.env.PICTURES_FOLDER ?? join(workFolder, 'pictures');

/** Wide enough for the text of a large workflow to be read. */
const LARGE = { width: 2600, height: 1500 };
const MARGIN = 30;

/** What the editor lays over the canvas. */
const overlays = [
	'[data-test-id="canvas-controls"]',
	'[data-test-id="canvas-minimap"]',
	'[data-test-id="execute-workflow-button"]',
	'[class*="nodeButtonsWrapper"]',
	'[class*="executionButtons"]',
	'.el-notification',
];

/**
 * Takes a picture of the page.
 *
 * @param name below the folder of pictures, without the extension
 */
export async function keepPicture(
	page: Page,
	name: string,
	options: PageScreenshotOptions = {},
): Promise<void> {
	const file = join(picturesFolder, `${name}.png`);
	await mkdir(dirname(file), { recursive: true });
	const picture = await page.screenshot({
		animations: 'disabled',
		caret: 'hide',
		style: `${overlays.join(', ')} { visibility: hidden !important; }`,
		...options,
	});
	await writeFile(file, smallPng(picture));
}

/**
 * Takes a picture of everything on the canvas, and of nothing else.
 *
 * @param fit shows all of it, as large as fits
 */
export async function keepPictureOfCanvas(
	page: Page,
	name: string,
	fit: () => Promise<void>,
): Promise<void> {
	const before = page.viewportSize();
	await page.setViewportSize(LARGE);
	await fit();
	const boxes = await page.locator('.vue-flow__node').evaluateAll((nodes) =>
		nodes.map((node) => {
			const { left, top, right, bottom } = node.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const x = Math.min(...boxes.map(({ left }) => left)) - MARGIN;
	const y = Math.min(...boxes.map(({ top }) => top)) - MARGIN;
	const width = Math.max(...boxes.map(({ right }) => right)) + MARGIN - x;
	const height = Math.max(...boxes.map(({ bottom }) => bottom)) + MARGIN - y;
	await keepPicture(page, name, { clip: { x, y, width, height } });
	if (before) await page.setViewportSize(before);
}
