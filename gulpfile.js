const { spawn } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, relative, sep } = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const { n8n } = require('./package.json');

const OUTPUT = 'dist';
const BUNDLE = `${OUTPUT}/pack.js`;
const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts', 'tsconfig.json'];
const ICONS = 'icons/*.svg';
const CODEX = 'nodes/**/*.node.json';

/** Removes the output folder, so that nothing of a deleted source is packed. */
async function clean() {
	await rm(OUTPUT, { recursive: true, force: true });
}

/** Checks the types of nodes and credentials as tsconfig.json says; an error fails the task. */
function check(done) {
	// The compiler itself rather than a gulp plug-in: no plug-in follows TypeScript's releases.
	const compiler = spawn(process.execPath, [require.resolve('typescript/bin/tsc')], {
		cwd: __dirname,
		stdio: 'inherit',
	});
	compiler.once('error', done);
	compiler.once('exit', (code) =>
		done(code === 0 ? undefined : new Error('TypeScript found errors, see above')),
	);
}

/** What n8n loads: each node and credential, by its compiled file. */
function entries() {
	return [...n8n.nodes, ...n8n.credentials].map((compiled) => {
		const source = compiled.replace(OUTPUT, '.').replace(/\.js$/, '');
		return { compiled, source, className: basename(compiled).split('.')[0] };
	});
}

/**
 * Compiles all sources into one file, readable as it is: Node.js takes three times as long to load
 * the three hundred files that it is made of, and what they share has to be there once.
 */
async function bundle() {
	await esbuild.build({
		stdin: {
			contents: entries()
				.map(({ className, source }) => `export { ${className} } from '${source}';`)
				.join('\n'),
			resolveDir: __dirname,
		},
		outfile: BUNDLE,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		// one of Node.js 20, the oldest that runs n8n
		target: 'es2022',
		charset: 'utf8',
		legalComments: 'none',
	});
}

/** Writes the file of each node and credential where package.json and n8n look for it. */
async function doors() {
	for (const { compiled, className } of entries()) {
		const path = relative(dirname(compiled), BUNDLE).split(sep).join('/');
		await mkdir(dirname(compiled), { recursive: true });
		await writeFile(compiled, `exports.${className} = require('${path}').${className};\n`);
	}
}

/** Copies the icons to where a compiled node's `file:../../icons/…` points. */
function icons() {
	// Bytes as they are: gulp 5 would decode and encode each file as text.
	return src(ICONS, { encoding: false }).pipe(dest(`${OUTPUT}/icons`));
}

/** Copies each node's codex file, n8n's entry for search and categories, beside the compiled node. */
function codex() {
	return src(CODEX, { base: '.', encoding: false }).pipe(dest(OUTPUT));
}

const compile = parallel(bundle, doors);
const build = series(clean, parallel(check, compile, icons, codex));

/** Checks, and takes a type error, which the compiler has printed, for something to wait out. */
function checkWhileEditing(done) {
	check(() => done());
}

/** Compiles, and takes an error, which esbuild has printed, for something to wait out. */
async function compileWhileEditing() {
	await bundle().catch(() => undefined);
}

/** Rebuilds what a change touches, until it is stopped. */
function rebuildOnChange() {
	watch(SOURCES, parallel(checkWhileEditing, compileWhileEditing));
	watch(ICONS, icons);
	watch(CODEX, codex);
}

exports.clean = clean;
exports.check = check;
exports.compile = compile;
exports.icons = icons;
exports.codex = codex;
exports.build = build;
exports.watch = series(
	clean,
	parallel(checkWhileEditing, compileWhileEditing, doors, icons, codex),
	rebuildOnChange,
);
exports.default = build;
