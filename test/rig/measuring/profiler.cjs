// Loaded into the n8n of a bench: a signal begins a profile of its CPU, the next one ends it and writes it down.
const { renameSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { isMainThread } = require('node:worker_threads');

const { CPU_PROFILE: file } = process.env;
let session;

function begin() {
	session = new Session();
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.start');
}

function end() {
	session.post('Profiler.stop', (error, result) => {
		// whoever waits for the file is to find all of it
		writeFileSync(`${file}.part`, JSON.stringify(error ?? result.profile));
		renameSync(`${file}.part`, file);
	});
	session.disconnect();
	session = undefined;
}

if (isMainThread && file !== undefined) process.on('SIGUSR2', () => (session ? end() : begin()));
