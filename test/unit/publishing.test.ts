import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { projectFolder } from '../../dev/paths';

interface Workflow {
	jobs: { publish: { steps: Array<{ run?: string; with?: { name?: string; path?: string } }> } };
}

/** In place of npx and npm: it writes down the package.json that it was to look at. */
const NPX = '#!/bin/sh\nwhile [ $# -gt 2 ]; do [ "$1" = --output-file ] && out=$2; shift; done\n';
const STAND_INS = {
	npx: `${NPX}echo "$2" > "$out"\n`,
	npm: '#!/bin/sh\nfor last; do :; done; echo "$last/package.json"\nexit 1\n',
};

const text = readFileSync(join(projectFolder, '.github/workflows/publish.yml'), 'utf8');
const { steps } = (parse(text) as Workflow).jobs.publish;
const artifact = steps.find((step) => step.with?.name === 'bills-of-materials')!.with!.path!;
const lockFiles = execFileSync('git', ['ls-files', '*package-lock.json'], { cwd: projectFolder })
	.toString()
	.trim()
	.split('\n');

describe('the bills of materials of a release', () => {
	let folder: string;

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'publishing-'));
		for (const [name, script] of Object.entries(STAND_INS)) {
			writeFileSync(join(folder, name), script);
			chmodSync(join(folder, name), 0o755);
		}
		for (const manifest of lockFiles.map(manifestBeside)) {
			mkdirSync(dirname(join(folder, manifest)), { recursive: true });
			cpSync(join(projectFolder, manifest), join(folder, manifest));
		}
		const { run } = steps.find((step) => step.run?.includes('cyclonedx'))!;
		const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
		execFileSync('bash', ['-e', '-c', run!], { cwd: folder, env });
	});

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it.each(['.cdx.json', '.audit.json'])('has a file %s for each lock file', (ending) => {
		const written = readdirSync(join(folder, artifact))
			.filter((name) => name.endsWith(ending))
			.map((name) => readFileSync(join(folder, artifact, name), 'utf8').trim());

		expect(written.map((path) => join(path)).sort()).toEqual(lockFiles.map(manifestBeside).sort());
	});
});

function manifestBeside(lockFile: string): string {
	return join(dirname(lockFile), 'package.json');
}
