// @ts-check

const PACK = 'n8n-nodes-transcription.';
/** It works on transcripts that are there, and no provider is asked. */
const FREE = 'n8n-nodes-transcription.transcript';

/**
 * Whether a node leads to one of this pack, which a provider may be paid for.
 *
 * @param {any} workflow of n8n's API
 * @param {string} from the node's name
 */
export function paysBehind({ nodes, connections }, from) {
	const found = new Set([from]);
	for (const name of found) {
		const wires = Object.values(connections[name] ?? {}).flat(2);
		for (const wire of wires) if (wire) found.add(wire.node);
	}
	const pays = ({ type }) => type.startsWith(PACK) && type !== FREE;
	return nodes.some((node) => node.name !== from && found.has(node.name) && pays(node));
}
