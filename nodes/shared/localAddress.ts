const LOCAL_NAME = /(^|\.)(localhost|local|internal|lan|home\.arpa)$/;

const PRIVATE_IPV4 = [
	/^0\./,
	/^10\./,
	/^127\./,
	/^169\.254\./,
	/^172\.(1[6-9]|2\d|3[01])\./,
	/^192\.168\./,
];

// the URL parser writes an embedded IPv4 address in hex: ::ffff:7f00:1
const PRIVATE_IPV6 =
	/^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|::ffff:(7f|a[0-9a-f]{2}:|ac1|c0a8:).*)\]$/;

/**
 * Whether a URL leads to this machine or its own network, so that nobody on the internet reaches it:
 * loopback and private addresses, names for local use, names without a dot. Nothing is looked up.
 *
 * @param url an absolute http or https URL
 */
export function isLocalAddress(url: string): boolean {
	const host = new URL(url).hostname.toLowerCase().replace(/\.$/, '');
	if (host.startsWith('[')) return PRIVATE_IPV6.test(host);
	return (
		!host.includes('.') ||
		LOCAL_NAME.test(host) ||
		PRIVATE_IPV4.some((range) => range.test(host) && /^[\d.]+$/.test(host))
	);
}
