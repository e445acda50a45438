// Loaded into the n8n of a test: a signal collects garbage and writes down how many bytes are held then.
const { renameSync, writeFileSync } = require('node:fs');
const { setImmediate: turn } = require('node:timers/promises');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

/** Twice, with a turn of the event loop between: what is finalized by the first is freed by the second. */
async function heldBytes() {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc');
	collect();
	await turn();
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

const { HELD_MEMORY: file } = process.env;

async function writeHeldBytes() {
	// whoever waits for the file is to find all of it
	writeFileSync(`${file}.part`, String(await heldBytes()));
	renameSync(`${file}.part`, file);
}

if (isMainThread && file !== undefined) process.on('SIGUSR2', () => void writeHeldBytes());
