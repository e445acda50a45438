// Loaded into n8n before its own code: ends it when the process that started it is gone.
// Standard input is a pipe from that process, and a pipe ends with its writer, however it died.
const { isMainThread } = require('node:worker_threads');

const graceMs = 10_000;

function endWithStarter() {
	process.stdin.on('end', () => {
		process.kill(process.pid, 'SIGTERM');
		setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs).unref();
	});
	process.stdin.on('error', () => {});
	process.stdin.resume();
	process.stdin.unref();
}

// worker threads load this too
if (isMainThread) endWithStarter();
