import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

/** The part that is used here of n8n's dependency injection. */
interface DependencyInjection {
	Container: { get<T>(type: abstract new (...dependencies: never[]) => T): T };
}

// n8n-core's own copy: another one installed beside it would know none of n8n-core's services
const { Container } = workerModules.require<DependencyInjection>('@n8n/di', 'n8n-core');

/** Where n8n keeps binary data: in files, as it does by default, or within the execution's data. */
export type BinaryStorage = 'filesystem' | 'memory';

/** Where the code under test and `storeBinary` put binaries from now on. */
export async function useBinaryStorage(storage: BinaryStorage): Promise<void> {
	const config = Container.get(BinaryDataConfig);
	config.mode = storage === 'memory' ? 'default' : 'filesystem';
	await Container.get(BinaryDataService).init();
}

/** What a test says of a file. */
export interface BinaryFacts {
	fileName?: string;
	mimeType?: string;
}

/** Stores bytes as n8n does, in the storage in use. */
export async function storeBinary(
	bytes: Buffer,
	{ fileName, mimeType = 'application/octet-stream' }: BinaryFacts = {},
): Promise<IBinaryData> {
	return await Container.get(BinaryDataService).store(
		{ type: 'execution', workflowId: 'workflowUnderTest', executionId: '1000' },
		bytes,
		{ data: '', mimeType, fileName },
	);
}

/** An item that carries a stored file in its field `data`. */
export async function binaryItem(
	bytes: Buffer,
	facts: BinaryFacts = { fileName: 'speech.mp3', mimeType: 'audio/mpeg' },
): Promise<INodeExecutionData> {
	return { json: {}, binary: { data: await storeBinary(bytes, facts) } };
}

/** The bytes of a file that a node put out. */
export async function bytesOf(binary: IBinaryData | undefined): Promise<Buffer> {
	if (!binary) throw new Error('The item carries no such file');
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}
