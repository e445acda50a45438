import type { IDataObject, INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import { join } from 'node:path';
import type { N8nInstance } from '../../../dev/n8n/instance';
import type { CredentialReference, Execution, WorkflowJson } from '../../../dev/n8n/types';
import { samplesFolder } from '../../../dev/paths';
import { simulatedCredentials } from '../../../dev/simulator/credentials';
import type { Simulator } from '../../../dev/simulator/server';
import { Gallery } from '../templates/gallery';
import { byHand, nodeOf, rowOf } from '../workflows/workflows';

/** A provider's nodes in a real n8n, with the simulator behind their credential. */
export class ProviderInN8n {
	private gallery: Gallery | undefined;

	/**
	 * @param nodeName e.g. 'scriptivox'
	 * @param entered what differs in the credential from all that the simulator knows
	 */
	constructor(
		private readonly nodeName: string,
		private readonly credentialType: string,
		private readonly entered: IDataObject = {},
	) {}

	async start(): Promise<void> {
		const { credentialType: type } = this;
		this.gallery = await Gallery.start({
			credentials: (simulator) => [{ name: this.nodeName, type, data: this.dataFor(simulator) }],
		});
	}

	async stop(): Promise<void> {
		await this.gallery?.stop();
	}

	get n8n(): N8nInstance {
		return this.running.n8n;
	}

	get simulator(): Simulator {
		return this.running.simulator;
	}

	/** Files in here may be read and written by workflows, absolute. */
	get files(): string {
		return this.running.files;
	}

	/** What a node of the provider is given. */
	get credentials(): INodeCredentials {
		return { [this.credentialType]: this.credential };
	}

	/** Presses the credential's test after some of its fields were changed. */
	async testCredential(changes: IDataObject) {
		const { credentialType: type, simulator } = this;
		const data = { ...this.dataFor(simulator), ...changes };
		return await this.n8n.client.credentials.test(this.credential, { type, data });
	}

	/** A node of the provider. */
	action(
		name: string,
		resource: string,
		operation: string,
		parameters: INodeParameters = {},
	): INode {
		const type = `n8n-nodes-transcription.${this.nodeName}`;
		return nodeOf(name, type, { resource, operation, ...parameters }, this.credentials);
	}

	/** A node that reads one of the sample recordings. */
	readSample(file: string): INode {
		return readFileNode(join(samplesFolder, file));
	}

	/** Runs nodes in a row, and waits for the end. */
	async ranByHand(name: string, ...nodes: INode[]): Promise<Execution> {
		return await this.ran(rowOf(name, byHand(), ...nodes));
	}

	/** Runs a workflow from its trigger By Hand, and waits for the end. */
	async ran(workflow: WorkflowJson): Promise<Execution> {
		const { client } = this.n8n;
		const { id } = await client.createWorkflow(workflow);
		return await client.executions.end(await client.runWorkflow(id, 'By Hand'));
	}

	private dataFor(simulator: Simulator): IDataObject {
		const all = simulatedCredentials(simulator);
		const known = all.find(({ type }) => type === this.credentialType)!.data as IDataObject;
		return { ...known, ...this.entered };
	}

	private get credential(): CredentialReference {
		return this.running.credential(this.credentialType);
	}

	private get running(): Gallery {
		if (!this.gallery) throw new Error('n8n runs only while the tests do.');
		return this.gallery;
	}
}

/** A node that reads a file. */
export function readFileNode(file: string): INode {
	return nodeOf('Read', 'n8n-nodes-base.readWriteFile', { operation: 'read', fileSelector: file });
}

/** Runs a provider's nodes in n8n for a test file; the simulator is put back after each test. */
export function useProvider(
	...[nodeName, credentialType, entered]: ConstructorParameters<typeof ProviderInN8n>
): ProviderInN8n {
	const provider = new ProviderInN8n(nodeName, credentialType, entered);
	beforeAll(async () => await provider.start());
	afterEach(() => provider.simulator.reset());
	afterAll(async () => await provider.stop());
	return provider;
}
