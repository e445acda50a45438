import { chromium, type BrowserServer } from 'playwright-core';
import { simulatedCredentials } from '../../dev/simulator/credentials';
import { Gallery } from '../rig/templates/gallery';
import { browserOptions } from './chromium';
import { publishStage } from './stage';

/** What `globalTeardown.ts` ends. */
export interface Running {
	gallery: Gallery;
	browser: BrowserServer;
}

/** Starts n8n, the simulator and the browser, once for all browser tests. */
export default async function setUp(): Promise<void> {
	const gallery = await Gallery.start({
		editor: true,
		// a credential with the vendor's own address, as everybody makes it, leads to the simulator
		hosts: ({ scriptivox }) => ({
			'api.scriptivox.com': scriptivox.baseUrl.replace(/\/v1$/, ''),
		}),
	});
	try {
		const browser = await chromium.launchServer({ ...browserOptions(), host: '127.0.0.1' });
		(globalThis as { running?: Running }).running = { gallery, browser };
		publishStage({
			url: gallery.n8n.url,
			owner: gallery.n8n.owner,
			files: gallery.files,
			browserEndpoint: browser.wsEndpoint(),
			credentials: simulatedCredentials(gallery.simulator),
		});
	} catch (error) {
		await gallery.stop();
		throw error;
	}
}
