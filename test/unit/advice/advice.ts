import dns from 'node:dns';

import { LoggerProxy } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	Logger,
} from 'n8n-workflow';

import type { OperationCall } from '../../everyOperation/operations';
import type { Meddling, StageCall } from '../../everyOperation/stage';
import { binaryItem, callsOf, errorOf, runNode, STAGE_KEY } from '../harness';
import type { Run, useStage } from '../harness';

/** The providers on their stage, as the tests of a file share it. */
export type Stage = ReturnType<typeof useStage>;

/** What the providers answer in place of the usual. */
export type Meddle = (call: StageCall) => Meddling;

/** How a user has set up a node, as far as it differs from the call's usual setup. */
export interface Setup {
	parameters?: INodeParameters;
	/** Those of the node's Options; undefined removes one. */
	options?: IDataObject;
	/** Fields of the credential; undefined for the usual value, a function for one made of it. */
	credential?: Record<string, string | boolean | undefined | ((usual: string) => string)>;
	/** The input; one recording unless told. */
	items?: () => Promise<INodeExecutionData[]>;
	/** What else n8n gives the node. */
	run?: Partial<Run>;
}

/** What one does about a message. */
export type Next = Setup & { of?: string };

/** One way to see a message, and what one does about it. */
export interface Trial {
	/** The operation, as `nameOf` writes it. */
	of: string;
	/** The provider's code, or what else tells trials of one message apart. */
	name?: string;
	/** What leads to the message; undefined where the trouble is the provider's. */
	wrong?: Setup;
	/**
	 * What the advice says to do; undefined where it says to run the node again. Where that is another
	 * operation, `of` names it. A function gets the message.
	 */
	right?: Next | ((message: string) => Next);
	/** The provider's trouble, which is over when the node runs again. */
	passing?: Meddle;
	/** What the provider answers before and after, depending on what it is sent. */
	always?: Meddle;
	/** What the node puts out then: its one item, or a list of them. */
	gives: object;
}

/** What a user saw, and what came of following it. */
export interface Followed {
	/** The message and its description, as the node's panel or n8n's log shows them. */
	message: string;
	description: string;
	/** What came out after the advice was followed. */
	output: unknown;
	/** What had to come out. */
	expected: unknown;
}

/** A message and how to try what it says. */
export interface Advice {
	/** As it stands in the headings of the page on troubleshooting. */
	message: string;
	/** What the page says to do, word for word. */
	page: string;
	/** What the node says to do, as its panel has it. */
	panel: RegExp;
	/** One for each provider or kind that may show it; a function where running a node is not enough. */
	trials: Array<Trial | { of: string; name?: string; follow: (stage: Stage) => Promise<Followed> }>;
}

/** Runs into the message, follows its advice, and tells what came of it. */
export async function follow(stage: Stage, trial: Trial): Promise<Followed> {
	const { wrong = {}, right = {}, passing, always = () => undefined } = trial;
	stage.meddle = (call) => passing?.(call) ?? always(call);
	const { message, description } = await errorOf(runWith(stage, trial.of, wrong));
	stage.meddle = always;
	const { of, ...next } = typeof right === 'function' ? right(message) : right;
	const setup = of === undefined ? together(wrong, next) : next;
	const output = await runWith(stage, of ?? trial.of, setup);
	return {
		message,
		description: String(description ?? ''),
		output,
		expected: [trial.gives].flat(),
	};
}

/** Runs an operation as a user has set it up; gives what each item came to, with its files. */
export async function runWith(
	stage: Stage,
	operation: string,
	setup: Setup,
): Promise<INodeExecutionData[]> {
	const items = (await setup.items?.()) ?? [await binaryItem(Buffer.from('sound of speech'))];
	return await runNode({ ...setupWith(stage, operation, setup), items });
}

/** What a node is run with. */
export function setupWith(stage: Stage, operation: string, setup: Setup): Run {
	const call = callNamed(operation);
	const usual = stage.setupOf({
		...call,
		parameters: { ...call.parameters, ...setup.parameters },
	} as OperationCall);
	const type = Object.keys(usual.credentials!)[0]!;
	const credential: IDataObject = { ...usual.credentials![type], apiToken: STAGE_KEY };
	for (const [field, value] of Object.entries(setup.credential ?? {})) {
		if (value === undefined) continue;
		credential[field] = typeof value === 'function' ? value(String(credential[field])) : value;
	}
	const options = { ...(usual.parameters!.options as IDataObject), ...setup.options };
	for (const name of Object.keys(options)) if (options[name] === undefined) delete options[name];
	return {
		...usual,
		credentials: { [type]: credential as ICredentialDataDecryptedObject },
		...setup.run,
		parameters: { ...usual.parameters, options: options as INodeParameters },
	};
}

function callNamed(name: string): OperationCall {
	const found = callsOf(/./).find(([known]) => known === name);
	if (!found) throw new Error(`There is no operation called ${name}`);
	return found[1];
}

function together(first: Setup, then: Setup): Setup {
	return {
		...first,
		...then,
		parameters: { ...first.parameters, ...then.parameters },
		options: { ...first.options, ...then.options },
		credential: { ...first.credential, ...then.credential },
		run: { ...first.run, ...then.run },
	};
}

/** Answers the calls that fit with one reply. */
export function answering(
	which: RegExp,
	status: number,
	body: IDataObject | string,
	headers: Record<string, string> = {},
): Meddle {
	return ({ call }) => (which.test(call) ? { status, body, headers } : undefined);
}

const HOST = 'api.provider.example';

/** A Base URL by which the stage is found as a provider on the internet is. */
export const onTheInternet = (own: string) => own.replace('127.0.0.1', HOST);

/**
 * Lets the machine look up that provider.
 *
 * @param failure what its DNS says for now; undefined where it finds the address
 */
export async function lookingUp<Result>(
	failure: () => string | undefined,
	work: () => Promise<Result>,
): Promise<Result> {
	const real = dns.lookup;
	const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((
		name: string,
		options: object,
		done: (error: Error | null) => void,
	) => {
		const code = name === HOST ? failure() : undefined;
		if (!code) return real(name === HOST ? '127.0.0.1' : name, options, done);
		return done(Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code }));
	}) as never);
	try {
		return await work();
	} finally {
		lookup.mockRestore();
	}
}

/** Keeps what the node writes into n8n's log meanwhile. */
export async function logOf(work: () => Promise<unknown>): Promise<string> {
	const lines: string[] = [];
	const ignored = () => {};
	const keeping = { warn: (line: string) => lines.push(line), debug: ignored, info: ignored };
	LoggerProxy.init(keeping as unknown as Logger);
	await work();
	LoggerProxy.init({ ...keeping, warn: ignored } as unknown as Logger);
	return lines.join('\n');
}
