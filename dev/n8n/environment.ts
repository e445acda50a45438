import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { workFolder } from '../paths';
import { SPARING_ENGINE } from '../sparing';
import type { N8nInstallation } from './installation';
import { unusedNodes } from './unusedNodes';

export interface EnvironmentOptions {
	n8n: N8nInstallation;
	/** n8n keeps its `.n8n` folder in here, absolute. */
	userFolder: string;
	port: number;
	/** Port of n8n's broker for task runners, which execute Code nodes. */
	brokerPort: number;
	encryptionKey: string;
	/** Folders whose files workflows may read and write, absolute. */
	fileFolders: string[];
	/** False: nobody opens the editor, and what of n8n serves only people in it is left out. */
	editor?: boolean;
}

/** What n8n may know of the machine and of its engine; keys and other settings of the caller stay outside. */
const inherited = [
	'HOME',
	'USERPROFILE',
	'SystemRoot',
	'TMPDIR',
	'TEMP',
	'TMP',
	'LANG',
	'LC_ALL',
	'TZ',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'NODE_EXTRA_CA_CERTS',
	...Object.keys(SPARING_ENGINE),
];

/** Switches off what calls n8n's vendor, and what stands between a user and the canvas. */
const quiet = {
	N8N_AI_ENABLED: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

/**
 * Modules of n8n that are turned off: one calls n8n's vendor; before the other is ready, n8n 2.41
 * starts parked executions that are due, and can fail them.
 */
export const UNWANTED_MODULES = ['mcp-registry', 'otel'];

/** Modules that serve people in the editor; to load them takes a fifth of the CPU of a start. */
const editorModules = [
	'agents',
	'breaking-changes',
	'chat-hub',
	'favorites',
	'instance-ai',
	'instance-version-history',
	'ldap',
	'mcp',
	'n8n-packages',
	'oauth-server',
	'provisioning',
	'quick-connect',
	'source-control',
	'sso-oidc',
	'sso-saml',
	'token-exchange',
	'workflow-builder',
	'workflow-reviews',
];

/** Nodes that this n8n does not load: those that it leaves out by itself, and without an editor those that nobody uses. */
function excludedNodes({ n8n, editor }: EnvironmentOptions): string {
	const byItself = ['n8n-nodes-base.executeCommand', 'n8n-nodes-base.localFileTrigger'];
	return JSON.stringify([...byItself, ...(editor === false ? unusedNodes(n8n) : [])]);
}

/** Those that this n8n has: it does not start where it is told of others. */
function disabledModules({ n8n, editor }: EnvironmentOptions): string {
	const modules = join(n8n.folder, 'node_modules', 'n8n', 'dist', 'modules');
	// n8n's own mark for what needs a licence
	const isThere = (name: string) =>
		[name, `${name}.ee`].some((folder) => existsSync(join(modules, folder)));
	return [...UNWANTED_MODULES, ...(editor === false ? editorModules : [])]
		.filter(isThere)
		.join(',');
}

/**
 * The environment variables of an n8n that listens on loopback only, calls nobody by itself, and
 * loads the community nodes of its user folder. Names: n8n's documentation, "Environment variables".
 */
export function environmentOf(options: EnvironmentOptions): Record<string, string> {
	return {
		...machineEnvironment(),
		...quiet,
		N8N_DISABLED_MODULES: disabledModules(options),
		NODES_EXCLUDE: excludedNodes(options),
		PATH: `${options.n8n.node.folder}${delimiter}${process.env.PATH ?? ''}`,
		N8N_USER_FOLDER: options.userFolder,
		N8N_ENCRYPTION_KEY: options.encryptionKey,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(options.port),
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		N8N_PROTOCOL: 'http',
		// browsers keep a secure cookie of an http address only for the name localhost
		N8N_SECURE_COOKIE: 'false',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// the list of verified nodes would be fetched from n8n's vendor
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: options.fileFolders.join(';'),
		NODE_FUNCTION_ALLOW_BUILTIN: 'fs/promises',
		N8N_LOG_OUTPUT: 'console',
		GENERIC_TIMEZONE: 'UTC',
		// n8n is 10,000 files of code, which Node.js otherwise compiles anew at each start
		NODE_COMPILE_CACHE: join(workFolder, 'compile-cache'),
	};
}

function machineEnvironment(): Record<string, string> {
	const noProxy = [process.env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	const environment: Record<string, string> = { NO_PROXY: noProxy };
	for (const name of inherited) {
		const value = process.env[name];
		if (value !== undefined) environment[name] = value;
	}
	return environment;
}
