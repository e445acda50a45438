import type { Running } from './globalSetup';

/** Ends what `globalSetup.ts` has started. */
export default async function tearDown(): Promise<void> {
	const { running } = globalThis as { running?: Running };
	await running?.browser.close();
	await running?.gallery.stop();
}
