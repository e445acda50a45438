import { type Browser, chromium, type Page, selectors } from 'playwright-core';
import { currentStage } from './stage';

/** How long a person would wait for one thing to show on a busy machine. */
const PATIENCE_MILLISECONDS = 30_000;
const VIEWPORT = { width: 1500, height: 900 };

// as n8n's editor names its parts
selectors.setTestIdAttribute('data-test-id');

let browser: Promise<Browser> | undefined;
let shared: Promise<Page> | undefined;

/** The browser of the stage. */
export async function browserOfStage(): Promise<Browser> {
	browser ??= chromium.connect(currentStage().browserEndpoint);
	return await browser;
}

/** The page that the suites use one after the other: to load the editor takes eleven seconds of CPU. */
export async function sharedPage(): Promise<Page> {
	shared ??= newPage();
	return await shared;
}

/** Closes the page that the suites share; the next one gets another. */
export async function closeSharedPage(): Promise<void> {
	const page = await shared;
	shared = undefined;
	await page?.context().close();
}

/** A page of a browser that has never seen n8n, whose owner is logged in. */
export async function newPage(): Promise<Page> {
	const { url, owner } = currentStage();
	const context = await (
		await browserOfStage()
	).newContext({
		viewport: VIEWPORT,
		colorScheme: 'light',
		reducedMotion: 'reduce',
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	await context.addInitScript(withoutMotion);
	context.setDefaultTimeout(PATIENCE_MILLISECONDS);
	await context.request.post(`${url}/rest/login`, {
		data: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
	return await context.newPage();
}

/** Runs in the page: what moves is there at once, so that no test waits for it. */
function withoutMotion(): void {
	const { document } = globalThis as unknown as EditorWindow;
	const still = 'transition-duration: 0s !important; animation-duration: 0s !important;';
	document.addEventListener('DOMContentLoaded', () => {
		const style = document.createElement('style');
		style.textContent = `*, *::before, *::after { ${still} }`;
		document.head.append(style);
	});
}

/** What the code that runs in the page uses of it. */
interface EditorWindow {
	document: {
		head: { append(element: object): void };
		createElement(tag: 'style'): { textContent: string };
		addEventListener(type: 'DOMContentLoaded', listener: () => void): void;
	};
}
