import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, join, relative } from 'node:path';
import { simulatedCredentials } from '../../../dev/simulator/credentials';
import type { Simulator } from '../../../dev/simulator/server';

/** Node.js publishes each request that any server of this process gets (Node.js documentation, "diagnostics_channel"). */
const CHANNEL = 'http.server.request.start';
/** n8n's database on SQLite, and what is not in it yet. */
const DATABASE = 'database.sqlite';
const STORAGE = 'storage';
const CONTROL = 'control';
/** Members of credentials that no error, log or output need hide. */
const NO_SECRETS = ['baseUrl', 'clientId', 'token_type', 'scope', 'account_id', 'userEmail'];
/** Members of a query that are shorter cannot be a signature. */
const LEAST_SIGNATURE = 20;
/** Longer than any secret here, so that none is missed where it lies in two chunks. */
const OVERLAP = 2048;

/** Who may know a secret: the first part of a provider's path at the simulator, or a host. */
type Owner = string;

type OwnersAt = Map<number, (path: string) => Owner | undefined>;

/**
 * Watches where the secrets of simulated providers turn up: in requests to anybody but their provider, and
 * afterwards in what n8n has stored and logged. It sees every request that a server in this process
 * gets: simulators, played hosts and whatever a test serves.
 */
export class SecretWatch {
	private readonly leaks = new Set<string>();

	/** Secrets that n8n's database may hold, see mayBeStored. */
	private readonly stored = new Set<string>();

	private readonly playedBy = new Map<string, Owner>();

	private readonly seen = (message: unknown): void => {
		this.look((message as { request: IncomingMessage }).request);
	};

	private constructor(
		private readonly owners: Map<string, Owner>,
		private readonly ownerAt: OwnersAt,
	) {
		subscribe(CHANNEL, this.seen);
	}

	/**
	 * Begins to watch the secrets of a simulator's credentials.
	 *
	 * @param hosts of the internet that a proxy plays, as startInterceptingProxy takes them
	 */
	static start(simulator: Simulator, hosts: Record<string, string> = {}): SecretWatch {
		const owners = new Map<string, Owner>();
		for (const { type, data } of simulatedCredentials(simulator)) {
			const owner = type.replace(/(Upload)?(OAuth2)?Api$/, '').toLowerCase();
			for (const value of secretsIn(data)) owners.set(value, owner);
		}
		const ownerAt: OwnersAt = new Map([
			[simulator.port, (path: string) => path.split('/')[1]?.toLowerCase()],
			[Number(new URL(simulator.storageUrl).port), () => STORAGE],
		]);
		return SecretWatch.over(owners, ownerAt, hosts);
	}

	/**
	 * Begins to watch secrets that a test has made up.
	 *
	 * @param owners who may know each of them
	 * @param ownerAt whom a path belongs to at the servers of this process, by their ports
	 * @param hosts of the internet that a proxy plays, as startInterceptingProxy takes them
	 */
	static over(
		owners: Map<string, Owner>,
		ownerAt: OwnersAt,
		hosts: Record<string, string> = {},
	): SecretWatch {
		const watch = new SecretWatch(owners, ownerAt);
		for (const [host, target] of Object.entries(hosts)) {
			const { port, pathname } = new URL(target);
			watch.playedBy.set(host, ownerAt.get(Number(port))?.(pathname) ?? host);
		}
		return watch;
	}

	/** Ends it. */
	stop(): void {
		unsubscribe(CHANNEL, this.seen);
	}

	/**
	 * Looks for secrets in what n8n has stored and logged: its database, log, binary data, files.
	 *
	 * @param folder absolute; what lies in and below it is read
	 */
	async searchFolder(folder: string): Promise<void> {
		for await (const file of filesIn(folder)) {
			const name = relative(folder, file);
			const isDatabase = basename(file).startsWith(DATABASE);
			const finder = this.finder((owner, secret) => {
				if (isDatabase && this.stored.has(secret)) return;
				this.leaks.add(`${name} holds a secret of ${owner}`);
			});
			await unlessGone(async () => {
				for await (const chunk of createReadStream(file)) {
					finder((chunk as Buffer).toString('latin1'));
				}
			});
		}
	}

	/** From here on n8n's database may hold a secret, because a caller sends it in, as a guest does at the sign-in. */
	mayBeStored(secret: string): void {
		this.stored.add(secret);
	}

	/** Whether the database may hold one. */
	get someAreStored(): boolean {
		return this.stored.size > 0;
	}

	/** Looks for secrets in a text, e.g. the dump of a database. */
	searchText(name: string, text: string): void {
		this.finder((owner) => this.leaks.add(`${name} holds a secret of ${owner}`))(text);
	}

	/** @throws Error that says where a secret has turned up which has no business there, without the secret */
	expectNoLeak(): void {
		if (this.leaks.size === 0) return;
		throw new Error(`Secrets have leaked:\n${[...this.leaks].sort().join('\n')}`);
	}

	private look(request: IncomingMessage): void {
		const { method, url = '', rawHeaders } = request;
		const path = url.split('?')[0]!;
		const recipient = this.recipientOf(request, path);
		if (recipient === CONTROL) return;
		const finder = this.finder((owner) => {
			if (owner !== recipient) {
				this.leaks.add(`${method} ${path} at ${recipient} carries a secret of ${owner}`);
			}
		});
		finder([url, ...rawHeaders].join('\n'));
		// its reader reads on as before: who listens to data would set it flowing
		const emit = request.emit.bind(request);
		request.emit = (event: string | symbol, ...given: unknown[]) => {
			if (event === 'data') finder((given[0] as Buffer).toString('latin1'));
			return emit(event, ...given);
		};
		if (recipient === STORAGE) this.keepSignatures(url);
	}

	private recipientOf({ headers, socket }: IncomingMessage, path: string): Owner {
		const host = headers.host ?? 'somebody';
		const owner = this.ownerAt.get(socket.localPort ?? 0)?.(path) ?? this.playedBy.get(host);
		return owner ?? host;
	}

	/** Presigned addresses are secrets of the storage. */
	private keepSignatures(url: string): void {
		const query = new URL(url, 'http://storage').searchParams;
		for (const value of query.values()) {
			if (value.length >= LEAST_SIGNATURE) this.owners.set(value, STORAGE);
		}
	}

	/** Looks for secrets in a text that comes in chunks. */
	private finder(found: (owner: Owner, secret: string) => void): (chunk: string) => void {
		let before = '';
		return (chunk) => {
			const text = before + chunk;
			for (const [secret, owner] of this.owners) {
				if (text.includes(secret)) found(owner, secret);
			}
			before = text.slice(-OVERLAP);
		};
	}
}

/** The texts in a credential's data that nobody but its provider may see. */
export function secretsIn(data: Record<string, unknown>): string[] {
	return Object.entries(data).flatMap(([name, value]) => {
		if (NO_SECRETS.includes(name) || !value) return [];
		if (typeof value === 'object') return secretsIn(value as Record<string, unknown>);
		return typeof value === 'string' ? [value] : [];
	});
}

/** Every file below a folder, but for installed packages and n8n's compiled code. */
async function* filesIn(folder: string): AsyncGenerator<string> {
	const entries = await unlessGone(async () => await readdir(folder, { withFileTypes: true }));
	for (const entry of entries ?? []) {
		const path = join(folder, entry.name);
		if (entry.isDirectory() && entry.name !== 'node_modules') yield* filesIn(path);
		if (entry.isFile()) yield path;
	}
}

/** What comes of it; undefined where an n8n that still runs has removed the file meanwhile. */
async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
