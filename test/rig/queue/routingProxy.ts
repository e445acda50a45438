import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectFolder } from '../../../dev/paths';
import { Server } from './server';

/** Where the two kinds of processes are, as http URLs. */
export interface Upstreams {
	main: string[];
	webhooks: string[];
}

/** Caddy with the routes that the project ships for n8n's queue mode, on loopback. */
export class RoutingProxy {
	private constructor(private readonly server: Server) {}

	/** @throws Error where Caddy is not installed, or refuses the file of routes */
	static async start(port: number, folder: string, upstreams: Upstreams): Promise<RoutingProxy> {
		const home = join(folder, 'caddy');
		await mkdir(home, { recursive: true });
		const hosts = (urls: string[]) => urls.map((url) => new URL(url).host).join(' ');
		const server = new Server(
			'caddy',
			['run', '--config', join(projectFolder, 'queue.Caddyfile'), '--adapter', 'caddyfile'],
			{
				env: {
					PATH: process.env.PATH,
					HOME: home,
					XDG_DATA_HOME: home,
					XDG_CONFIG_HOME: home,
					N8N_ADDRESS: `http://127.0.0.1:${port}`,
					N8N_MAIN: hosts(upstreams.main),
					N8N_WEBHOOKS: hosts(upstreams.webhooks),
				},
			},
			async () => await isOpen(port),
		);
		await server.start();
		return new RoutingProxy(server);
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}
}

async function isOpen(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} finally {
		socket.destroy();
	}
}
