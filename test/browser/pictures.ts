import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page, PageScreenshotOptions } from 'playwright-core';
import sharp from 'sharp';
import { workFolder } from '../../dev/paths';
import { templateNames } from '../../dev/templates/template';
import { secretsIn } from '../rig/secrets/secretWatch';
import type { Canvas } from './canvas';
import { nodeNames } from './packNodes';
import { currentStage } from './stage';

/** Where the pictures go: the docs' folder with `npm run pictures`, else one that git ignores. */
const picturesFolder = process.env.PICTURES_FOLDER ?? join(workFolder, 'pictures');

/** Every picture that the tests take for the docs, by its name below docs/pictures. */
export const pictureNames = [
	...nodeNames.map((name) => name.toLowerCase()),
	...templateNames().map((name) => `templates/${name}`),
	'folder-watcher',
	'first-minutes/import',
	'first-minutes/credential',
	'first-minutes/run',
	'first-minutes/subtitles',
	'nodes-light',
	'nodes-dark',
];

/** Pixels that a picture of a canvas may have at most, and at least where it has many nodes. */
const LARGEST = { width: 4000, height: 1800 };
const LARGE = { width: 2400, height: 1400 };
/** Below this nobody can read the names of the nodes. */
const LEGIBLE_ZOOM = 0.5;
/** Pixels around a canvas, and room for what sticks out of a node at its natural size. */
const MARGIN = 30;
const OVERHANG = 90;

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
 * Takes a picture of the page, with at most 256 colours: an editor is flat, so that nobody sees the
 * difference, and the file has a third of the bytes.
 *
 * @param name below the folder of pictures, without the extension
 * @param folder the folder of pictures
 * @throws Error where the page shows a credential's secret
 */
export async function keepPicture(
	page: Page,
	name: string,
	options: PageScreenshotOptions = {},
	folder = picturesFolder,
): Promise<void> {
	if (!pictureNames.includes(name)) throw new Error(`No docs are to show a picture ${name}.`);
	const [type] = await secretsShownOn(page);
	if (type !== undefined) throw new Error(`The picture ${name} would show a secret of ${type}.`);
	const file = join(folder, `${name}.png`);
	await mkdir(dirname(file), { recursive: true });
	const picture = await page.screenshot({
		animations: 'disabled',
		caret: 'hide',
		style: `${overlays.join(', ')} { visibility: hidden !important; }`,
		...options,
	});
	await sharp(picture).png({ palette: true, dither: 0, compressionLevel: 9 }).toFile(file);
}

/** The types of the credentials whose secrets can be read on a page; dots stand for a password. */
async function secretsShownOn(page: Page): Promise<string[]> {
	const typed = await page
		.locator('input:not([type="password"]), textarea')
		.evaluateAll((fields) => fields.map((field) => (field as unknown as { value: string }).value));
	const shown = [await page.locator('body').innerText(), ...typed].join('\n');
	return currentStage()
		.credentials.filter(({ data }) => secretsIn(data).some((secret) => shown.includes(secret)))
		.map(({ type }) => type);
}

/** Takes a picture of everything on the canvas, and of nothing else. */
export async function keepPictureOfCanvas(page: Page, canvas: Canvas, name: string): Promise<void> {
	const before = page.viewportSize();
	await page.setViewportSize(LARGE);
	await canvas.fit();
	const zoom = await canvas.zoom();
	if (zoom < LEGIBLE_ZOOM) {
		await page.setViewportSize(enlarged(LEGIBLE_ZOOM / zoom));
		await canvas.fit();
	}
	const margin = Math.max(MARGIN, OVERHANG * (await canvas.zoom()));
	await keepPicture(page, name, { clip: await canvas.bounds(margin) });
	if (before) await page.setViewportSize(before);
}

function enlarged(by: number): { width: number; height: number } {
	return {
		width: Math.min(LARGEST.width, Math.ceil(LARGE.width * by)),
		height: Math.min(LARGEST.height, Math.ceil(LARGE.height * by)),
	};
}
