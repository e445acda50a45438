import { createServer } from 'node:net';

const loopback = '127.0.0.1';

/** A TCP port of the loopback interface that nothing listens on. */
export async function freePort(): Promise<number> {
	return await listenBriefly(0);
}

/** Whether a TCP port of the loopback interface is free to listen on. */
export async function isFree(port: number): Promise<boolean> {
	try {
		await listenBriefly(port);
		return true;
	} catch {
		return false;
	}
}

async function listenBriefly(wanted: number): Promise<number> {
	const server = createServer();
	return await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(wanted, loopback, () => {
			const address = server.address();
			const port = address !== null && typeof address === 'object' ? address.port : wanted;
			server.close(() => resolve(port));
		});
	});
}
