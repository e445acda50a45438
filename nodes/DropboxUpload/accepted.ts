import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { LONGEST_IDLE_DAYS, ProcessMemory } from '../shared/core/processMemory';
import { isSuperseded } from '../shared/polling/pollContexts';
import type { TriggerContext } from './api';
import { isPoll } from './limits';
import { merged, nextVersion, storedFolderMemory } from './memory';
import type { FolderMemory } from './memory';

/** What a poll found, as long as nobody can know whether n8n took it. */
interface Pending {
	memory: FolderMemory;
	context: IPollFunctions;
	staticData: IDataObject;
	/** What stood in the static data before. */
	before: IDataObject[string];
}

/** What this process knows of a trigger. */
interface Known {
	/** The newest memory of which n8n took what was found. */
	accepted?: FolderMemory;
	pending?: Pending;
}

// n8n stores static data only after a webhook ended, and a poll goes on with what it began with
const inThisProcess = new ProcessMemory<Known>(LONGEST_IDLE_DAYS);

/** What to go on from. */
export interface Recalled {
	/** Undefined where there is none of what is watched now: the trigger begins. */
	memory: FolderMemory | undefined;
	/** What a poll has found just now: it must not be found twice, and n8n may yet throw it away. */
	pending: FolderMemory | undefined;
}

/**
 * The newest memory of which n8n took what was found with it.
 *
 * n8n throws away what a poll found where the workflow was published anew, or deactivated,
 * meanwhile. It took it where it polls in the same context again, or where it stored the memory.
 *
 * @param trigger which node of which workflow it is
 * @param watch what is watched now
 */
export function recall(context: TriggerContext, trigger: string, watch: string): Recalled {
	const stored = storedFolderMemory(context.getWorkflowStaticData('node'));
	const known = inThisProcess.get(trigger) ?? {};
	const pending = known.pending && decided(context, known, known.pending, stored);
	inThisProcess.set(trigger, known);
	const memories = [known.accepted, stored].filter((memory) => memory?.watch === watch);
	const [memory] = memories.sort((a, b) => b!.version - a!.version);
	return { memory, pending: pending?.watch === watch ? pending : undefined };
}

/** Finds out whether n8n took what a poll found; gives its memory where that cannot be known yet. */
function decided(
	context: TriggerContext,
	known: Known,
	{ memory, context: poll, staticData, before }: Pending,
	stored: FolderMemory | undefined,
): FolderMemory | undefined {
	if (context === poll || stored?.id === memory.id) {
		const { accepted } = known;
		known.accepted =
			accepted && accepted.version > memory.version ? merged(memory, accepted) : memory;
	} else if (isSuperseded(poll)) {
		// or another trigger of the workflow that was not published anew would have it stored
		if (storedFolderMemory(staticData)?.id === memory.id) staticData.folder = before;
	} else {
		return memory;
	}
	known.pending = undefined;
	return undefined;
}

/**
 * Keeps a memory, for this process and across restarts.
 *
 * @param mayBeDiscarded whether something was found with it that n8n has yet to take
 */
export function remember(
	context: TriggerContext,
	trigger: string,
	memory: FolderMemory,
	mayBeDiscarded: boolean,
): void {
	const known = inThisProcess.get(trigger) ?? {};
	const staticData = context.getWorkflowStaticData('node');
	const before = staticData.folder;
	const version = Math.max(memory.version, known.pending?.memory.version ?? 0);
	const next = nextVersion({ ...memory, version });
	staticData.folder = next as unknown as IDataObject;
	if (isPoll(context) && mayBeDiscarded) {
		known.pending = { memory: next, context, staticData, before };
	} else {
		known.accepted = next;
	}
	inThisProcess.set(trigger, known);
}
