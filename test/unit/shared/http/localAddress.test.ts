import fc from 'fast-check';
import { BlockList, isIPv4 } from 'node:net';

import { isLocalAddress } from '../../../../nodes/shared/http/localAddress';

/** The blocks, with the last address that each holds and the neighbours on both sides of it. */
const IPV4_BLOCKS = [
	['this network', '0.0.0.0', 8, '0.255.255.255', []],
	['private use', '10.0.0.0', 8, '10.255.255.255', ['9.255.255.255', '11.0.0.0']],
	['carrier-grade NAT', '100.64.0.0', 10, '100.127.255.255', ['100.63.255.255', '100.128.0.0']],
	['loopback', '127.0.0.0', 8, '127.255.255.255', ['126.255.255.255', '128.0.0.0']],
	['link-local', '169.254.0.0', 16, '169.254.255.255', ['169.253.255.255', '169.255.0.0']],
	['private use', '172.16.0.0', 12, '172.31.255.255', ['172.15.255.255', '172.32.0.0']],
	['protocol assignments', '192.0.0.0', 24, '192.0.0.255', ['191.255.255.255', '192.0.1.0']],
	['documentation', '192.0.2.0', 24, '192.0.2.255', ['192.0.1.255', '192.0.3.0']],
	['private use', '192.168.0.0', 16, '192.168.255.255', ['192.167.255.255', '192.169.0.0']],
	['benchmarks', '198.18.0.0', 15, '198.19.255.255', ['198.17.255.255', '198.20.0.0']],
	['documentation', '198.51.100.0', 24, '198.51.100.255', ['198.51.99.255', '198.51.101.0']],
	['documentation', '203.0.113.0', 24, '203.0.113.255', ['203.0.112.255', '203.0.114.0']],
	['multicast, reserved, broadcast', '224.0.0.0', 3, '255.255.255.255', ['223.255.255.255']],
] as const;

const IPV6_BLOCKS = [
	['unspecified', '::', 128, '::', []],
	['loopback', '::1', 128, '::1', []],
	['local NAT64', '64:ff9b:1::', 48, '64:ff9b:1:ffff:ffff:ffff:ffff:ffff', []],
	['discard', '100::', 64, '100::ffff:ffff:ffff:ffff', []],
	['protocol assignments', '2001::', 23, '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', ['2001:200::']],
	[
		'documentation',
		'2001:db8::',
		32,
		'2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
		['2001:db7:ffff::', '2001:db9::'],
	],
	[
		'documentation',
		'3fff::',
		20,
		'3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff',
		['3ffe:ffff::', '3fff:1000::'],
	],
	['segment routing', '5f00::', 16, '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff', []],
	['unique local', 'fc00::', 7, 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', []],
	['link-local', 'fe80::', 10, 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', []],
	['site-local', 'fec0::', 10, 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', []],
	['multicast', 'ff00::', 8, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', []],
] as const;

const blocks = new BlockList();
for (const [, first, bits] of IPV4_BLOCKS) blocks.addSubnet(first, bits, 'ipv4');
for (const [, first, bits] of IPV6_BLOCKS) blocks.addSubnet(first, bits, 'ipv6');

const isLocalHost = (host: string) =>
	isLocalAddress(`https://${host.includes(':') ? `[${host}]` : host}:5678/x?y=1`);

/** `10.0.0.1` as `a00:1`. */
function inHex(ipv4: string): string {
	const [a, b, c, d] = ipv4.split('.').map(Number) as [number, number, number, number];
	return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

describe.each([...IPV4_BLOCKS, ...IPV6_BLOCKS])('the block of %s, %s/%d', (...block) => {
	const [, first, , last, neighbours] = block;

	it('is local from its first address to its last', () => {
		expect([first, last].map(isLocalHost)).toEqual([true, true]);
	});

	it('ends there', () => {
		expect(neighbours.map(isLocalHost)).toEqual(neighbours.map(() => false));
	});
});

describe('an address', () => {
	it('in IPv4 is local exactly where Node.js finds it in one of the blocks', () => {
		fc.assert(
			fc.property(fc.ipV4(), (host) => isLocalHost(host) === blocks.check(host, 'ipv4')),
			{ numRuns: 2000 },
		);
	});

	it('in IPv6 for the internet is local exactly where Node.js finds it in one of the blocks', () => {
		const group = fc.integer({ min: 0, max: 0xffff });
		const global = fc
			.tuple(
				fc.integer({ min: 0x2003, max: 0x3fff }),
				fc.array(group, { minLength: 7, maxLength: 7 }),
			)
			.map(([first, rest]) => [first, ...rest].map((part) => part.toString(16)).join(':'));
		fc.assert(
			fc.property(global, (host) => isLocalHost(host) === blocks.check(host, 'ipv6')),
			{ numRuns: 2000 },
		);
	});

	it.each([
		['mapped into IPv6', (host: string) => `::ffff:${inHex(host)}`],
		['mapped into IPv6, with dots', (host: string) => `::ffff:${host}`],
		['behind NAT64', (host: string) => `64:ff9b::${inHex(host)}`],
		['in 6to4', (host: string) => `2002:${inHex(host)}::1`],
	])('in IPv4 that is %s is as local as without', (_way, carried) => {
		fc.assert(fc.property(fc.ipV4(), (host) => isLocalHost(carried(host)) === isLocalHost(host)));
		expect(isLocalHost(carried('169.254.169.254'))).toBe(true);
		expect(isLocalHost(carried('8.8.8.8'))).toBe(false);
	});

	it.each([
		'2130706433',
		'0x7f000001',
		'0177.0.0.1',
		'127.1',
		'0xa.1',
		'0',
		'3232235777',
		'１２７.0.0.1',
		'127.0.0.1.',
	])('written as %s is local', (host) => {
		expect(isLocalHost(host)).toBe(true);
	});

	it.each(['134744072', '0x8080808', '010.8.8.8'])('written as %s is not', (host) => {
		expect(isIPv4(new URL(`http://${host}`).hostname)).toBe(true);
		expect(isLocalHost(host)).toBe(false);
	});

	it.each(['2606:4700::1111', '2a00:1450:4001::200e', '2001:4860:4860::8888'])(
		'such as %s is not local',
		(host) => {
			expect(isLocalHost(host)).toBe(false);
		},
	);
});

describe('a name', () => {
	it.each([
		'localhost',
		'n8n.localhost',
		'LOCALHOST',
		'n8n',
		'n8n.local',
		'n8n.internal.',
		'nas.home.arpa',
		'n8n.lan',
		'n8n.home',
		'n8n.corp',
		'n8n.intranet',
		'n8n.private',
		'n8n.localdomain',
		'n8n.test',
		'n8n.invalid',
	])('for local use is local: %s', (host) => {
		expect(isLocalHost(host)).toBe(true);
	});

	it.each([
		'n8n.example.com',
		'10.example.com',
		'127.0.0.1.nip.io',
		'localhost.example.com',
		'local.example.com',
		'mylocal.com',
		'home.arpa.example.com',
		'test.de',
		'fc00.org',
	])('for the internet is not: %s', (host) => {
		expect(isLocalHost(host)).toBe(false);
	});
});
