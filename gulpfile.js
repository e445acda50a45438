const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

const OUTPUT = 'dist';
const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts', 'tsconfig.json'];
const ICONS = 'icons/*.svg';
const CODEX = 'nodes/**/*.node.json';

/** Removes the output folder, so that nothing of a deleted source is packed. */
async function clean() {
	await rm(OUTPUT, { recursive: true, force: true });
}

/** Compiles nodes and credentials as tsconfig.json says; a type error fails the task. */
function compile(done) {
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

/** Copies the icons to where a compiled node's `file:../../icons/…` points. */
function icons() {
	// Bytes as they are: gulp 5 would decode and encode each file as text.
	return src(ICONS, { encoding: false }).pipe(dest(`${OUTPUT}/icons`));
}

/** Copies each node's codex file, n8n's entry for search and categories, beside the compiled node. */
function codex() {
	return src(CODEX, { base: '.', encoding: false }).pipe(dest(OUTPUT));
}

const build = series(clean, parallel(compile, icons, codex));

/** Compiles, and takes a type error, which the compiler has printed, for something to wait out. */
function compileWhileEditing(done) {
	compile(() => done());
}

/** Rebuilds what a change touches, until it is stopped. */
function rebuildOnChange() {
	watch(SOURCES, compileWhileEditing);
	watch(ICONS, icons);
	watch(CODEX, codex);
}

exports.clean = clean;
exports.compile = compile;
exports.icons = icons;
exports.codex = codex;
exports.build = build;
exports.watch = series(clean, parallel(compileWhileEditing, icons, codex), rebuildOnChange);
exports.default = build;
