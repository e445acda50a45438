import type { NewCredential } from '../n8n/types';
import { simulatedCredentials } from '../simulator/credentials';
import { startSimulator } from '../simulator/server';

const scriptivoxType = 'scriptivoxApi';
const realBaseUrl = 'https://api.scriptivox.com/v1';

/** The Scriptivox that a run talks to. */
export interface Service {
	/** Which one it is; n8n keeps a folder for each, so that their jobs never mix. */
	name: 'simulator' | 'scriptivox';
	/** For people, in one line. */
	description: string;
	/** For Scriptivox. */
	credential: NewCredential;
	/** For the other providers, where they are simulated too. */
	otherCredentials: NewCredential[];
	/** What the webhook of n8n begins with; null when the service cannot call n8n. */
	webhookBaseUrl(n8nUrl: string): string | null;
	stop(): Promise<void>;
}

/**
 * The real Scriptivox when SCRIPTIVOX_API_KEY is set, else a simulated one on loopback.
 *
 * @param simulatorPort TCP port; 0: a free one
 * @throws when the simulator cannot listen
 */
export async function startService(simulatorPort: number): Promise<Service> {
	const apiKey = process.env.SCRIPTIVOX_API_KEY;
	return apiKey ? realService(apiKey) : await simulatedService(simulatorPort);
}

function realService(apiKey: string): Service {
	const publicUrl = process.env.WEBHOOK_URL;
	return {
		name: 'scriptivox',
		description: publicUrl
			? `the real one, which calls ${publicUrl}`
			: 'the real one, polled (set WEBHOOK_URL to the public address of n8n to be called)',
		credential: {
			name: 'Scriptivox',
			type: scriptivoxType,
			data: { apiKey, baseUrl: realBaseUrl },
		},
		otherCredentials: [],
		webhookBaseUrl: () => publicUrl ?? null,
		stop: async () => {},
	};
}

async function simulatedService(port: number): Promise<Service> {
	const simulator = await startSimulator({ port });
	const credentials = simulatedCredentials(simulator);
	const credential = credentials.find(({ type }) => type === scriptivoxType)!;
	return {
		name: 'simulator',
		description: `simulated at ${simulator.scriptivox.baseUrl}`,
		credential,
		otherCredentials: credentials.filter((other) => other !== credential),
		webhookBaseUrl: (n8nUrl) => n8nUrl,
		stop: async () => await simulator.stop(),
	};
}
