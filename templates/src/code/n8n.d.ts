/** What n8n gives to a Code node, as far as the code here uses it. */
interface CodeNode {
	/** What another node gave, by its name. */
	$: (node: string) => CodeNodeItems & { isExecuted: boolean; params: any };
	/** What the node is given. */
	$input: CodeNodeItems;
	$execution: { id: string };
	/** The node that gave the node its items. */
	$prevNode: { name: string };
	/** The time in the workflow's time zone. */
	$now: import('luxon').DateTime;
	DateTime: typeof import('luxon').DateTime;
}

interface CodeNodeItems {
	/** @param output which of the node's outputs, where it has several */
	all(output?: number): CodeNodeItem[];
	/** @param output which of the node's outputs, where it has several */
	first(output?: number): CodeNodeItem;
	/** The item that led to one of the node's own, by its place. */
	itemMatching(index: number): CodeNodeItem;
	/** The item that led to the one that the node runs for. */
	item: CodeNodeItem;
}

interface CodeNodeItem {
	// rows of tables and replies of providers, whose shapes are each workflow's own
	json: any;
	binary?: any;
}
