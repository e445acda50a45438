// Loaded into n8n before its own code: ends it when the process that started it is gone.
// Standard input is a pipe from that process, and a pipe ends with its writer, however it died.
const graceMs = 10_000;

process.stdin.on('end', () => {
	process.kill(process.pid, 'SIGTERM');
	setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs).unref();
});
process.stdin.on('error', () => {});
process.stdin.resume();
process.stdin.unref();
