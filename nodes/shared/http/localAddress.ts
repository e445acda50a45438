/**
 * Names that lead nowhere on the internet: those of RFC 6761, 6762 (with its appendix G) and 8375,
 * `internal` (ICANN, 2024), and `localdomain`, which some systems add by themselves.
 */
const LOCAL_NAME =
	/(^|\.)(localhost|local|test|invalid|internal|intranet|private|corp|home|lan|localdomain|home\.arpa)$/;

const IPV4_BITS = 32;
const IPV6_BITS = 128;

/** Not reachable from the internet (IANA, IPv4 Special-Purpose and Multicast Address registries). */
const LOCAL_IPV4 = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'192.168.0.0/16',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/3',
].map((block) => blockOf(block, ipv4Of, IPV4_BITS));

/** All that is handed out for the internet (IANA, IPv6 Address Space registry). */
const INTERNET_IPV6 = ipv6Block('2000::/3');

/** What of that is not reachable (IANA, IPv6 Special-Purpose Address registry). */
const LOCAL_IPV6 = ['2001::/23', '2001:db8::/32', '3fff::/20'].map(ipv6Block);

/** Blocks whose addresses stand for an IPv4 address, and the bits that come behind that. */
const CARRIERS = [
	{ block: ipv6Block('::ffff:0:0/96'), bitsBehind: 0 },
	{ block: ipv6Block('64:ff9b::/96'), bitsBehind: 0 },
	{ block: ipv6Block('2002::/16'), bitsBehind: 80 },
];

/** Addresses that begin with the same bits. */
interface Block {
	prefix: bigint;
	/** How many bits differ from address to address. */
	free: bigint;
}

function blockOf(text: string, addressOf: (host: string) => bigint, width: number): Block {
	const [first = '', bits] = text.split('/');
	const free = BigInt(width - Number(bits));
	return { prefix: addressOf(first) >> free, free };
}

function ipv6Block(text: string): Block {
	return blockOf(text, ipv6Of, IPV6_BITS);
}

function isIn(address: bigint, { prefix, free }: Block): boolean {
	return address >> free === prefix;
}

function ipv4Of(host: string): bigint {
	return host.split('.').reduce((address, byte) => (address << 8n) | BigInt(byte), 0n);
}

/** An address as the URL parser writes it: in lower-case hex, the longest run of zeros left out. */
function ipv6Of(host: string): bigint {
	const [start = [], end = []] = host.split('::').map((part) => part.split(':').filter(Boolean));
	return (numberIn(start) << BigInt(IPV6_BITS - 16 * start.length)) | numberIn(end);
}

function numberIn(groups: string[]): bigint {
	return groups.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

function isLocalIpv4(address: bigint): boolean {
	return LOCAL_IPV4.some((block) => isIn(address, block));
}

function isLocalIpv6(address: bigint): boolean {
	const carrier = CARRIERS.find(({ block }) => isIn(address, block));
	if (carrier) {
		return isLocalIpv4(BigInt.asUintN(IPV4_BITS, address >> BigInt(carrier.bitsBehind)));
	}
	return !isIn(address, INTERNET_IPV6) || LOCAL_IPV6.some((block) => isIn(address, block));
}

/**
 * Whether a URL leads to this machine or its own network, so that nobody on the internet reaches it:
 * addresses that are not public, names for local use, names without a dot. Nothing is looked up.
 *
 * @param url an absolute http or https URL
 */
export function isLocalAddress(url: string): boolean {
	// the URL parser has made dotted decimals of every way to write an IPv4 address
	const host = new URL(url).hostname.replace(/\.$/, '');
	if (host.startsWith('[')) return isLocalIpv6(ipv6Of(host.slice(1, -1)));
	if (/^[\d.]+$/.test(host)) return isLocalIpv4(ipv4Of(host));
	return !host.includes('.') || LOCAL_NAME.test(host);
}
