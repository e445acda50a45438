import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import type { DataTableRow, WorkflowJson } from '../../../dev/n8n/types';
import { Gallery } from '../../rig/gallery';

const providers = ['scriptivox', 'whipscribe', 'transcripton'] as const;
type Provider = (typeof providers)[number];

/** Puts another provider's node in the place of Transcribe, as the note beside it says. */
function swapTo(name: Provider): ((workflow: WorkflowJson) => void) | undefined {
	if (name === 'scriptivox') return undefined;
	return ({ nodes }) => {
		const node = nodes.find((each) => each.name === 'Transcribe') as INode;
		const { diarize, options } = node.parameters;
		const { timeoutMinutes } = options as INodeParameters;
		node.type = `n8n-nodes-transcription.${name}`;
		node.parameters = {
			resource: 'job',
			operation: 'transcribe',
			inputType: 'binaryFile',
			binaryPropertyName: 'data',
			wait: 'poll',
			simplify: true,
			diarize: diarize!,
			options: {
				timeoutMinutes: timeoutMinutes!,
				...(name === 'whipscribe' && { idempotencyKey: '={{ $json.idempotencyKey }}' }),
			},
		};
	};
}

/** The folders of one provider's copy of the template, and what is in them. */
class Folders {
	constructor(private readonly root: string) {}

	of(name: string): string {
		return join(this.root, name);
	}

	get settings() {
		return {
			inputFolder: this.of('input'),
			outputFolder: this.of('output'),
			doneFolder: this.of('done'),
			failedFolder: this.of('failed'),
		};
	}

	async drop(fileName: string, bytes = 20_000): Promise<void> {
		await writeFile(this.of('staged'), randomBytes(bytes));
		await rename(this.of('staged'), join(this.of('input'), fileName));
	}

	/** Every text in the output folder by its name. */
	async texts(): Promise<Record<string, string>> {
		const names = (await readdir(this.of('output'))).filter((name) => !name.startsWith('.'));
		const texts = names.map(
			async (name) => [name, await readFile(join(this.of('output'), name), 'utf8')] as const,
		);
		return Object.fromEntries(await Promise.all(texts));
	}

	async isQuiet(): Promise<boolean> {
		if ((await readdir(this.of('input'))).length > 0) return false;
		return !(await readdir(this.of('output'))).some((name) => name.endsWith('.part'));
	}
}

describe('the folder watcher with a provider in one node', () => {
	let gallery: Gallery;
	let folders: Record<Provider, Folders>;

	const statistics = (name: Provider) => gallery.simulator[name].statistics();

	async function rows(): Promise<DataTableRow[]> {
		const tables = await gallery.n8n.client.tables.list();
		const ledgers = tables.filter((table) => table.name.startsWith('Any-provider watcher '));
		const all = ledgers.map(async ({ id }) => await gallery.n8n.client.tables.rows(id));
		return (await Promise.all(all)).flat();
	}

	async function untilSettled(): Promise<void> {
		await gallery.until('Every file has its transcript or note', async () => {
			for (const each of Object.values(folders)) if (!(await each.isQuiet())) return false;
			return (await rows()).every(({ state }) => ['done', 'failed'].includes(String(state)));
		});
	}

	beforeAll(async () => {
		gallery = await Gallery.start({
			simulator: {
				scriptivox: { rateLimits: { enabled: false } },
				transcripton: { checkFirstBytes: false, rateLimits: { enabled: false } },
			},
		});
		const entries = providers.map((name) => [name, new Folders(join(gallery.files, name))]);
		folders = Object.fromEntries(entries) as Record<Provider, Folders>;
		for (const name of providers) {
			await mkdir(folders[name].of('input'), { recursive: true });
			await gallery.publishTemplate('folder-watcher-any-provider', {
				settings: folders[name].settings,
				secondsBetween: { 'Every 10 Seconds': 3, 'Every Minute': 6 },
				edit: swapTo(name),
			});
		}
	});

	afterAll(async () => await gallery?.stop());

	it('writes a transcript or a note for each file and pays once, with any of them', async () => {
		for (const each of Object.values(folders)) {
			for (const file of ['meeting.mp3', 'meeting.wav', '"q" [a]* é.mp3']) await each.drop(file);
			await each.drop('empty.mp3', 0);
			await each.drop('fail-job fail-PROCESSING_ERROR.mp3');
		}
		await untilSettled();

		for (const name of providers) {
			const written = await folders[name].texts();
			expect(Object.keys(written).sort()).toEqual([
				'"q" [a]* é.txt',
				'failed_empty.txt',
				'failed_fail-job fail-PROCESSING_ERROR.txt',
				'meeting.txt',
				'meeting_2.txt',
			]);
			expect(written['meeting.txt']).toMatch(/\w+ \w+/);
			expect(written['meeting.txt']).not.toBe(written['meeting_2.txt']);
			expect(written['failed_empty.txt']).toContain('Code: FILE_EMPTY');
			expect(written['failed_fail-job fail-PROCESSING_ERROR.txt']).toContain(
				'could not transcribe the recording',
			);
			expect((await readdir(folders[name].of('done'))).length).toBe(3);
			expect((await readdir(folders[name].of('failed'))).length).toBe(2);
			expect(statistics(name)).toMatchObject({ jobs: 4, paidJobs: 3 });
		}
		// a transcript lies in the ledger only until it is written
		for (const { text } of await rows()) expect(text ?? '').toBe('');
	});

	it('gives a file one transcript or one note when n8n is killed while it waits', async () => {
		const fileName = 'slow-20s.mp3';
		for (const each of Object.values(folders)) await each.drop(fileName);
		await gallery.until('The jobs are started', () => {
			return providers.every((name) => statistics(name).jobs === 5);
		});
		await gallery.crash();
		await untilSettled();
		await gallery.until('The jobs are paid', () => {
			return providers.every((name) => statistics(name).paidJobs === 4);
		});

		for (const name of providers) expect(statistics(name).jobs).toBe(5);
		const written = async (name: Provider) => {
			const texts = Object.entries(await folders[name].texts());
			return texts.filter(([file]) => file.includes('slow-20s'));
		};
		expect(await written('whipscribe')).toEqual([
			['slow-20s.txt', expect.stringMatching(/\w+ \w+/)],
		]);
		expect(await written('scriptivox')).toEqual([
			['failed_slow-20s.txt', expect.stringContaining('Code: IDEMPOTENCY_KEY_CONFLICT')],
		]);
		expect(await written('transcripton')).toEqual([
			['failed_slow-20s.txt', expect.stringContaining('Code: INTERRUPTED')],
		]);
	});
});
