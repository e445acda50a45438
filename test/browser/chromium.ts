import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright-core';

/** The first is Chromium without a browser's windows and menus, which draws a page with less CPU. */
const executables = [
	'/usr/bin/chromium-headless-shell',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];
// a browser that stays on this machine, and may run as root in a container
const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// the editor asks the npm registry about community nodes
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * How the installed Chromium is started.
 *
 * @throws Error where there is none
 */
export function browserOptions(): LaunchOptions {
	const executablePath = executables.find((path) => existsSync(path));
	if (!executablePath) {
		throw new Error('Chromium is missing: install the package "chromium-headless-shell".');
	}
	return { executablePath, args: flags };
}
