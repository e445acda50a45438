import { isLocalAddress } from '../../../nodes/shared/localAddress';

describe('a local address', () => {
	it.each([
		'http://localhost:5678/x',
		'http://n8n.localhost',
		'http://127.0.0.1',
		'http://127.8.9.1:5678',
		'http://0.0.0.0',
		'http://10.1.2.3',
		'http://172.16.0.1',
		'http://172.31.255.254',
		'http://192.168.0.10',
		'http://169.254.1.1',
		'http://[::1]:5678',
		'http://[fd12:3456::1]',
		'http://[fe80::1]',
		'http://[::ffff:127.0.0.1]',
		'http://n8n:5678',
		'http://n8n.local',
		'https://n8n.internal./x',
		'http://nas.home.arpa',
	])('is seen in %s', (url) => {
		expect(isLocalAddress(url)).toBe(true);
	});

	it.each([
		'https://n8n.example.com/webhook-waiting/1?signature=a',
		'https://8.8.8.8',
		'https://172.32.0.1',
		'https://10.example.com',
		'https://localhost.example.com',
		'https://[2001:db8::1]',
	])('is not seen in %s', (url) => {
		expect(isLocalAddress(url)).toBe(false);
	});
});
