import type { Owner } from '../../dev/n8n/types';
import type { SimulatedCredential } from '../../dev/simulator/credentials';

const variable = 'N8N_BROWSER_STAGE';

/** What all browser tests share: one n8n with the packed pack, the simulator, one browser. */
export interface Stage {
	/** Where n8n is. */
	url: string;
	owner: Owner;
	/** Files in here may be read and written by workflows, absolute. */
	files: string;
	/** Where the browser takes commands. */
	browserEndpoint: string;
	/** For each simulated provider; n8n has stored one of each. */
	credentials: SimulatedCredential[];
}

/** Hands the stage to the tests, which jest keeps apart from the code that sets it. */
export function publishStage(stage: Stage): void {
	process.env[variable] = JSON.stringify(stage);
}

/**
 * The stage that `globalSetup.ts` has set.
 *
 * @throws Error outside the browser tests
 */
export function currentStage(): Stage {
	const stage = process.env[variable];
	if (!stage) throw new Error('There is no stage: run the tests with npm run test:browser.');
	return JSON.parse(stage) as Stage;
}
