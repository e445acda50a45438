import nock from 'nock';
import type { INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { everyCall } from '../../everyOperation/operations';
import type { OperationCall } from '../../everyOperation/operations';
import { startStage } from '../../everyOperation/stage';
import type { Stage } from '../../everyOperation/stage';
import { packNodes } from './pack';
import { binaryItem } from './binary';
import { runNode } from './runNode';
import type { Run } from './runNode';

/** The keys that the nodes of these tests are given. */
export const STAGE_KEY = 'key-of-the-stage-0123456789';

/** What an operation is called in the names of tests. */
export function nameOf({ provider, resource, operation, parameters }: OperationCall): string {
	return [provider, resource, operation, parameters.inputType].filter(Boolean).join(' ');
}

/** The operations of a kind, with their names, for `describe.each`. */
export function callsOf(...names: RegExp[]): Array<[string, OperationCall]> {
	return everyCall
		.map((call): [string, OperationCall] => [nameOf(call), call])
		.filter(([name]) => names.some((pattern) => pattern.test(name)));
}

/** Every operation that starts a job and waits for it. */
export const JOBS_STARTED = callsOf(
	/ transcribe /,
	/source create (binaryFile|uploadId)/,
	/generate/,
);

/** Puts the providers on a stage for the tests of a file: real sockets, and replies to meddle with. */
export function useStage() {
	let stage: Stage | undefined;
	beforeAll(async () => {
		nock.restore();
		stage = await startStage();
	});
	beforeEach(() => stage!.reset());
	afterAll(async () => await stage!.stop());
	const nodes = Object.fromEntries(packNodes().map((node) => [node.description.name, node]));

	/** How the node of an operation is run. */
	function setupOf(call: OperationCall, options: INodeParameters = {}): Run {
		const { provider, resource, operation, parameters } = call;
		const own = (parameters.options ?? {}) as INodeParameters;
		return {
			node: nodes[provider] as INodeType,
			credentials: {
				[`${provider}Api`]: { apiKey: STAGE_KEY, baseUrl: stage!.addressOf(provider) },
			},
			parameters: {
				resource,
				operation,
				...parameters,
				options: { requestsPerMinute: 0, ...own, ...options },
			},
		};
	}

	return {
		get calls() {
			return stage!.calls;
		},
		set meddle(meddle: Stage['meddle']) {
			stage!.meddle = meddle;
		},
		leave: async () => await stage!.leave(),
		comeBack: async () => await stage!.comeBack(),
		setupOf,
		/** Runs an operation with one recording. */
		async run(
			call: OperationCall,
			options: INodeParameters = {},
			more: Partial<Run> = {},
		): Promise<INodeExecutionData[]> {
			const items = [await binaryItem(Buffer.from('sound of speech'))];
			return await runNode({ ...setupOf(call, options), items, ...more });
		},
	};
}
