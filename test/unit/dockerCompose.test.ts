import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import n8nPackage from '../../dev/n8n/package.json';
import { projectFolder } from '../../dev/paths';
import { readTemplate, templateNames } from '../../dev/templates/template';
import packageJson from '../../package.json';

interface Service {
	image: string;
	ports?: string[];
	depends_on?: Record<string, { condition: string }>;
	environment: Record<string, string>;
	volumes: string[];
	command?: string[];
}

interface Compose {
	services: { pack: Service; n8n: Service };
	volumes: Record<string, unknown>;
}

const compose = parse(readFileSync(join(projectFolder, 'docker-compose.yml'), 'utf8')) as Compose;
const { pack, n8n } = compose.services;

describe('docker-compose.yml', () => {
	it('runs the n8n that the pack is tested with', () => {
		expect(n8n.image).toBe(`docker.n8n.io/n8nio/n8n:${n8nPackage.dependencies.n8n}`);
	});

	it('starts n8n once the pack is in the folder that both share', () => {
		expect(n8n.depends_on).toEqual({ pack: { condition: 'service_completed_successfully' } });
		expect(pack.volumes).toEqual([...n8n.volumes, './pack:/pack:ro']);
		expect(n8n.volumes).toEqual(['n8n-data:/home/node/.n8n', './recordings:/home/node/.n8n-files']);
		expect(Object.keys(compose.volumes)).toEqual(['n8n-data']);
		expect(pack.environment.TRANSCRIPTION_PACK).toContain(packageJson.name);
	});

	it('sets what the docs say that templates and webhooks need', () => {
		expect(n8n.environment).toEqual({
			N8N_ENCRYPTION_KEY: expect.stringMatching(/^\$\{N8N_ENCRYPTION_KEY:\?/) as string,
			WEBHOOK_URL: '${WEBHOOK_URL:-http://localhost:5678/}',
			N8N_PROXY_HOPS: '${N8N_PROXY_HOPS:-0}',
			GENERIC_TIMEZONE: '${GENERIC_TIMEZONE:-UTC}',
			N8N_RESTRICT_FILE_ACCESS_TO: '/home/node/.n8n-files',
			NODE_FUNCTION_ALLOW_BUILTIN: 'fs/promises',
			N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			N8N_DISABLED_MODULES: 'otel',
			N8N_REINSTALL_MISSING_PACKAGES: 'true',
		});
	});

	it('lets Code nodes use what those of the templates do, and nothing else', async () => {
		const templates = await Promise.all(templateNames().map(readTemplate));
		const code = templates.flatMap(({ nodes }) =>
			nodes.map(({ parameters }) => String(parameters.jsCode ?? '')),
		);
		const used = [...code.join('\n').matchAll(/require\(['"]([^'"]+)['"]\)/g)].map(
			([, name]) => name!,
		);

		expect(n8n.environment.NODE_FUNCTION_ALLOW_BUILTIN!.split(',')).toEqual([...new Set(used)]);
	});

	it('gives every variable a text: Compose refuses a bare true', () => {
		const values = [pack, n8n].flatMap(({ environment }) => Object.values(environment));

		expect(values.filter((value) => typeof value !== 'string')).toEqual([]);
	});

	it('is reached from its own machine alone', () => {
		expect(n8n.ports).toEqual(['127.0.0.1:5678:5678']);
	});
});

describe.each([
	['README.md', 'docker-compose.yml'],
	['docs/scaling.md', 'docker-compose.queue.yml'],
])('the commands that %s and %s begin with', (page, file) => {
	const linesOf = (name: string) => readFileSync(join(projectFolder, name), 'utf8').split('\n');
	const commands = linesOf(file)
		.filter((line) => line.startsWith('#   '))
		.map((line) => line.slice('#   '.length));

	it('are the same', () => {
		expect(commands.length).toBeGreaterThan(2);
		expect(linesOf(page).join('\n')).toContain(['```sh', ...commands, '```'].join('\n'));
	});

	it('install the tarball of this version', () => {
		const tarball = `/pack/${packageJson.name}-${packageJson.version}.tgz`;

		expect(commands).toContain(`echo "TRANSCRIPTION_PACK=${tarball}" >> .env`);
	});
});

describe('docker-compose.queue.yml', () => {
	const text = readFileSync(join(projectFolder, 'docker-compose.queue.yml'), 'utf8');
	const { services, volumes } = parse(text, { merge: true }) as {
		services: Record<string, Service & { restart?: string; command?: string }>;
		volumes: Record<string, unknown>;
	};
	const processes = ['n8n', 'n8n-worker', 'n8n-webhook'].map((name) => services[name]!);

	it('runs the three kinds of processes of the n8n that the pack is tested with', () => {
		expect(processes.map(({ image }) => image)).toEqual(processes.map(() => n8n.image));
		expect(processes.map(({ command }) => command)).toEqual(['start', 'worker', 'webhook']);
	});

	it('gives all of them the same settings, folders and pack', () => {
		for (const each of processes) {
			expect(each.environment).toEqual(processes[0]!.environment);
			expect(each.volumes).toEqual(processes[0]!.volumes);
			expect(each.depends_on).toMatchObject({
				pack: { condition: 'service_completed_successfully' },
			});
		}
		expect(services.pack!.volumes).toEqual([...processes[0]!.volumes, './pack:/pack:ro']);
	});

	it('sets what one machine sets, too', () => {
		const changed = Object.entries(n8n.environment).filter(
			([name, value]) => processes[0]!.environment[name] !== value,
		);

		// Caddy is a proxy, and a pack that was installed by Compose needs no second installation
		expect(changed.map(([name]) => name)).toEqual([
			'N8N_PROXY_HOPS',
			'N8N_REINSTALL_MISSING_PACKAGES',
		]);
	});

	it('sets what docs/scaling.md says that every process needs', () => {
		const page = readFileSync(join(projectFolder, 'docs/scaling.md'), 'utf8');
		const section = page.split('## Settings of every n8n process')[1]!.split('\n## ')[0]!;
		const { environment } = processes[0]!;
		const namesIn = (text: string) =>
			[...text.matchAll(/`([A-Z][A-Z0-9_]+)/g)].map(([, name]) => name!);
		const names = namesIn([...section.matchAll(/^\| `.+? \|/gm)].join('\n'));
		const missing = names.filter(
			(name) => !Object.keys(environment).some((set) => set.startsWith(name)),
		);
		const values = [...section.matchAll(/^\| `(\w+)` \| `?(true|[a-z]+(?=`)|\d+)/gm)];

		expect(names.length).toBeGreaterThan(12);
		// only where many signed events arrive
		expect(missing).toEqual(['N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE']);
		expect(values.length).toBeGreaterThan(5);
		for (const [, name, value] of values) {
			expect([name, environment[name!]]).toEqual([
				name,
				missing.includes(name!) ? undefined : value,
			]);
		}
	});

	it('brings every process back but the one that ends, and is reached from its own machine alone', () => {
		const { pack: installer, ...others } = services;

		expect(installer!.restart).toBeUndefined();
		expect(Object.values(others).map(({ restart }) => restart)).toEqual(
			Object.values(others).map(() => 'unless-stopped'),
		);
		expect(Object.values(services).flatMap(({ ports = [] }) => ports)).toEqual([
			'127.0.0.1:5678:5678',
		]);
	});

	it('names every volume that it uses, and gives every variable a text', () => {
		const used = Object.values(services).flatMap(({ volumes: mounted = [] }) =>
			mounted.map((volume) => volume.split(':')[0]!).filter((source) => !source.startsWith('.')),
		);

		expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort());
		expect(
			Object.values(services)
				.flatMap(({ environment = {} }) => Object.values(environment))
				.filter((value) => typeof value !== 'string'),
		).toEqual([]);
	});
});
