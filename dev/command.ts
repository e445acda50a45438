import { spawn } from 'node:child_process';

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Takes what something prints, in place of the terminal. */
export type Print = (text: string) => void;

/** Where what is printed goes unless told. */
export const toTerminal: Print = (text) => {
	process.stdout.write(text);
};

export interface CommandOptions {
	/** Working folder, absolute. */
	cwd: string;
	/** Environment of the command; the current one when left out. */
	env?: NodeJS.ProcessEnv;
	/** Minutes after which the command is ended. */
	timeoutMinutes: number;
	/** Takes what the command prints, in place of the terminal. */
	print?: Print;
}

/**
 * Runs a command whose output goes to the terminal unless told; it ends with this process.
 *
 * @returns its exit code; 1 when a signal or the time limit ended it
 * @throws when the command cannot be started
 */
export async function runCommand(
	command: string,
	args: string[],
	{ cwd, env, timeoutMinutes, print }: CommandOptions,
): Promise<number> {
	const child = spawn(command, args, {
		cwd,
		env,
		stdio: print ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
		timeout: timeoutMinutes * 60_000,
		// npm is a .cmd file on Windows, which only a shell can start
		shell: process.platform === 'win32' && command === 'npm',
	});
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text: string) => print?.(text));
	}
	const endBoth = (signal: keyof typeof exitCodes) => {
		child.kill(signal);
		// first every command that runs beside this one is told
		setImmediate(() => process.exit(exitCodes[signal]));
	};
	process.once('SIGINT', endBoth).once('SIGTERM', endBoth);
	try {
		return await new Promise((resolve, reject) => {
			child.on('error', reject);
			child.on(print ? 'close' : 'exit', (code: number | null) => resolve(code ?? 1));
		});
	} finally {
		process.off('SIGINT', endBoth).off('SIGTERM', endBoth);
	}
}

/**
 * Runs a command that must succeed, and says every ten seconds that it still runs.
 *
 * @param title what is going on, for the person who waits, e.g. 'Installing n8n'
 * @throws when the command fails or takes too long
 */
export async function runStep(
	title: string,
	command: string,
	args: string[],
	options: CommandOptions,
): Promise<void> {
	const { print = toTerminal } = options;
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	print(`${title} ...\n`);
	const heartbeat = setInterval(() => print(`${title}: ${seconds()} s ...\n`), 10_000);
	try {
		const exitCode = await runCommand(command, args, options);
		if (exitCode !== 0) throw new Error(`${title} failed: see the messages above.`);
	} finally {
		clearInterval(heartbeat);
	}
	print(`${title}: done in ${seconds()} s.\n`);
}
