import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nInstance } from '../../dev/n8n/instance';
import { packTarball } from '../../dev/pack';
import packageJson from '../../package.json';
import { broughtPackages, found } from './thisN8n';

const prefix = `${packageJson.name}.`;

/** The names under which compiled files of a kind are loaded, e.g. `whipscribeTrigger`. */
function namesOf(compiled: string[], kind: 'node' | 'credentials'): string[] {
	return compiled
		.map((file) => file.split('/').at(-1)!.replace(`.${kind}.js`, ''))
		.map((name) => name[0]!.toLowerCase() + name.slice(1))
		.sort();
}

describe('the packed pack', () => {
	let folder: string;
	let tarball: string;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'versions-'));
		tarball = await packTarball();
	});

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it('asks for no package that this n8n does not bring itself', () => {
		execFileSync('tar', ['-xzf', tarball, '-C', folder]);
		const unpacked = join(folder, 'package');
		const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' });
		const code = files
			.filter((file) => file.endsWith('.js'))
			.map((file) => readFileSync(join(unpacked, file), 'utf8'));
		const asked = code.flatMap((text) =>
			[...text.matchAll(/\brequire\("([^."][^"]*)"\)/g)].map(([, name]) => name!),
		);

		expect(asked).toContain('n8n-workflow');
		const brought = [...broughtPackages, ...builtinModules];
		expect([...new Set(asked)].filter((name) => !brought.includes(name))).toEqual([]);
		found('Packages that the pack uses come with n8n', 'yes');
	});

	it('is loaded with every node and every credential', async () => {
		const n8n = await N8nInstance.start({ folder: join(folder, 'n8n'), pack: tarball });
		try {
			const nodes = (await n8n.client.nodeTypes())
				.filter(({ name }) => name.startsWith(prefix) && !name.endsWith('Tool'))
				.map(({ name }) => name.slice(prefix.length));
			const types = await n8n.client.request<Array<{ name: string }>>(
				'GET',
				'/types/credentials.json',
			);
			const credentials = types.map(({ name }) => name);

			expect([...new Set(nodes)].sort()).toEqual(namesOf(packageJson.n8n.nodes, 'node'));
			expect(credentials).toEqual(
				expect.arrayContaining(namesOf(packageJson.n8n.credentials, 'credentials')),
			);
		} finally {
			await n8n.stop();
		}
		found('All nodes and credentials load', 'yes');
	});
});
