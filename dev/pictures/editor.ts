import { existsSync } from 'node:fs';
import { type Browser, type Page, chromium, selectors } from 'playwright-core';
import type { N8nInstance } from '../n8n/instance';

const executables = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
// a browser that stays on this machine, and may run as root in a container
const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** A person's view of n8n's editor, logged in. */
export interface Editor {
	page: Page;
	close(): Promise<void>;
}

/**
 * Opens n8n's editor in Debian's Chromium.
 *
 * @throws Error where no Chromium is installed
 */
export async function openEditor(n8n: N8nInstance): Promise<Editor> {
	const executablePath = executables.find((path) => existsSync(path));
	if (!executablePath) throw new Error('Chromium is missing: install the package "chromium".');
	selectors.setTestIdAttribute('data-test-id');
	const browser: Browser = await chromium.launch({ executablePath, args: flags });
	const context = await browser.newContext({
		viewport: { width: 1700, height: 950 },
		deviceScaleFactor: 1.5,
		colorScheme: 'light',
	});
	const page = await context.newPage();
	await page.goto(`${n8n.url}/signin`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(n8n.owner.email);
	await page.locator('input[name="password"]').fill(n8n.owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => !url.pathname.includes('signin'));
	return { page, close: async () => await browser.close() };
}
