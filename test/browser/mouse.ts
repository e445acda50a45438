import type { Locator, Page } from 'playwright-core';

const STEPS = 10;

/** Presses the mouse on an element, moves it, and lets go. */
export async function dragTo(
	page: Page,
	from: Locator,
	{ x, y }: { x: number; y: number },
): Promise<void> {
	const box = await from.boundingBox();
	if (!box) throw new Error('There is nothing to drag.');
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	await page.mouse.down();
	await page.mouse.move(x - 5, y - 5, { steps: STEPS });
	await page.mouse.move(x, y);
	await page.mouse.up();
}
