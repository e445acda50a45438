import { parseArgs } from 'node:util';
import { isFree } from '../n8n/ports';

const usage = `Usage: npm start -- [--once] [--port N] [--simulator-port N]
  --once             end when each sample has its transcript: exit code 0, else 1
  --port             port of n8n, also N8N_PORT; a free one when left out
  --simulator-port   port of the simulated Scriptivox; a free one when left out
Environment: SCRIPTIVOX_API_KEY uses the real Scriptivox, WEBHOOK_URL is n8n's public address.`;

/** What `npm start` can be told. */
export interface StartOptions {
	once: boolean;
	/** TCP port of n8n; 0: a free one. */
	port: number;
	/** TCP port of the simulator; 0: a free one. */
	simulatorPort: number;
}

/**
 * Reads the command line and N8N_PORT.
 *
 * @throws Error with the usage when something in it is wrong
 */
export function readStartOptions(): StartOptions {
	const values = commandLine();
	return {
		once: values.once === true,
		port: portOf(values.port ?? process.env.N8N_PORT, '--port'),
		simulatorPort: portOf(values['simulator-port'], '--simulator-port'),
	};
}

/**
 * Looks at the ports that were asked for, before anything slow begins.
 *
 * @throws Error that names the port and the way out when one is in use
 */
export async function requirePortsFree({ port, simulatorPort }: StartOptions): Promise<void> {
	const wanted = [
		{ number: port, owner: 'n8n', option: '--port or N8N_PORT' },
		{ number: simulatorPort, owner: 'the simulator', option: '--simulator-port' },
	];
	for (const { number, owner, option } of wanted) {
		if (number === 0 || (await isFree(number))) continue;
		throw new Error(
			`Port ${number}, wanted for ${owner}, is already in use: ` +
				`end what uses it, or choose another with ${option}.`,
		);
	}
}

function commandLine() {
	try {
		return parseArgs({
			options: {
				once: { type: 'boolean' },
				port: { type: 'string' },
				'simulator-port': { type: 'string' },
			},
		}).values;
	} catch (error) {
		throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
	}
}

function portOf(text: string | undefined, option: string): number {
	const port = Number(text ?? '0');
	if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
	throw new Error(`${option} wants a port number, not "${text}".\n${usage}`);
}
