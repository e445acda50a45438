/** What n8n gives to a Code node, as far as the code here uses it. */
interface CodeNode {
	/** What another node gave, by its name. */
	$: (node: string) => CodeNodeItems & { isExecuted: boolean; params: any };
	/** What the node is given. */
	$input: CodeNodeItems;
	$execution: { id: string; resumeUrl: string };
	$workflow: { id: string };
	/** The node that gave the node its items. */
	$prevNode: { name: string };
	/** The time in the workflow's time zone. */
	$now: import('luxon').DateTime;
	DateTime: typeof import('luxon').DateTime;
	helpers: { getBinaryDataBuffer(itemIndex: number, field: string): Promise<Buffer> };
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

/** What a refusal means; see refusalKind.js. */
type RefusalKind = 'file' | 'account' | 'passing' | 'upload' | 'missing';

/** A meeting of the table, and its times in milliseconds since 1970. */
interface PlannedMeeting {
	id: number;
	name?: string;
	/** Empty, or undefined, before it begins. */
	state: any;
	/** The file of its recording at the appliance. */
	path?: string;
	/** When it was to be started, in milliseconds since 1970; undefined where it never was. */
	startingAt: any;
	outcome?: string;
	/** Which kinds of news of it have been told, and which had been before this look. */
	told?: string;
	/** From when until when it is recorded. */
	from: number;
	to: number;
	/** From when on its troubles are told. */
	checkedFrom: number;
	/** Whether its start or its end cannot be read. */
	isUnreadable: boolean;
}

/** What the appliance does now. */
interface Appliance {
	isReached: boolean;
	/** Why it is not reached. */
	error?: string;
	isRecording: boolean;
	/** The file that it records into; empty where it names none. */
	path: string;
	/** When the recording began, in milliseconds since 1970. */
	beganAt: number;
	hasNoSignal?: boolean;
	inputError?: string;
}

/** A file that the folder watcher found. */
interface FoundFile {
	path: string;
	/** Its name. */
	file: string;
	/** Whether Scriptivox takes its kind. */
	isTaken: boolean;
	/** What it is, as long as nobody writes to it. */
	version: string;
	/** In bytes. */
	size: number;
	/** When it was changed last, by the disk, in nanoseconds since 1970. */
	changedAt: string;
	/** When it was changed last, in milliseconds since 1970. */
	changedMs: number;
}

/** A row of the folder watcher's table: where one recording stands. */
interface WatchedRow {
	/** Given by n8n. */
	id?: any;
	/** The recording's name. */
	file: string;
	state: string;
	/** Since when it is in this state. */
	since: string;
	/** Its transcription at Scriptivox; empty while there is none. */
	job: string;
	/** What is the matter with it, in words. */
	message: string;
	/** The path of its transcript or note. */
	output: string;
	/** The input folder, with a slash at its end. */
	folder: string;
	path: string;
	version: string;
	changedAt: string;
	size: number;
	/** Who works on it; empty where nobody does. */
	owner: string;
	/** Until when; from then on the next look takes it. In milliseconds since 1970; null once it has ended. */
	until: any;
	/** How often something went wrong that is the file's own. */
	attempts: number;
	/**
	 * Since when it waits for the line, the provider or the account, in milliseconds since 1970; null where
	 * it does not.
	 */
	waitsSince?: number | null;
	uploadId?: string;
	/** The proof that the job of a guest is ours; empty where none is needed. */
	claimToken?: string;
	contentHash: string;
	/** The settings of its transcription, as JSON. */
	request: string;
	/** Which subtitles are being fetched; empty otherwise. */
	format?: string;
	/** The idempotency key of a recording that an earlier version had begun with. */
	key: string;
	/** When it ended, in milliseconds since 1970; null before. */
	endedAt: number | null;
}

/** Which rows a run is to take, and as what. */
interface RunOrder {
	folder: string;
	/** Whose rows; empty: nobody's. */
	from: string;
	state: string;
	/** The state that the rows get. */
	as: string;
	/** Only rows whose time was up by then. */
	before: number;
	firstId: number;
	lastId: number;
	/** Who owns the rows from then on. */
	token: string;
	until: number;
	/** How many files to upload at a time. */
	parallel: number;
}
