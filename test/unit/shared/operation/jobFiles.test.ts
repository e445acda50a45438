import { BinaryDataService } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, INodeType, NodeExecutionHint } from 'n8n-workflow';

import type { OperationCall } from '../../../everyOperation/operations';
import { UUID } from '../../../everyOperation/operations';
import type { Meddling, StageCall } from '../../../everyOperation/stage';
import {
	binaryItem,
	bytesOf,
	callsOf,
	errorOf,
	storeBinary,
	useBinaryStorage,
	useStage,
} from '../../harness';
import type { Run } from '../../harness';

const stage = useStage();
beforeAll(async () => await useBinaryStorage('filesystem'));

const FORMATS: Record<string, string[]> = {
	scriptivox: ['srt', 'txt', 'vtt'],
	whipscribe: ['docx', 'json', 'srt', 'txt', 'vtt'],
	transcripton: ['docx', 'json', 'md', 'pdf', 'srt', 'txt', 'vtt'],
};
const TRANSCRIBING = callsOf(/(scriptivox|whipscribe|transcripton) .* transcribe /);
const WAITING = callsOf(/(scriptivox|whipscribe|transcripton) .* wait$/);
const BOTH = [...TRANSCRIBING, ...WAITING];
const FROM_FILE = callsOf(/(scriptivox|whipscribe|transcripton) .* transcribe binaryFile/);

const isStart = ({ call }: StageCall) =>
	/^POST \/(transcribe(\/url)?|jobs(\/from-url)?)$/.test(call);
const isLook = ({ call }: StageCall) => /^GET \/(jobs|transcribe)\/[^/?]+$/.test(call);
const formatOf = ({ call, provider }: StageCall) => {
	const format = /[?&]format=(\w+)/.exec(call)?.[1];
	return provider === 'scriptivox' && format === 'text' ? 'txt' : format;
};
/** Exports, in the order in which they came; the transcript of Whipscribe comes as JSON as well. */
const exported = (calls: StageCall[] = stage.calls) =>
	calls.flatMap((call) => formatOf(call) ?? []).filter((format) => format !== 'json');

function withFiles(call: OperationCall, files: unknown, more: IDataObject = {}): OperationCall {
	return { ...call, parameters: { ...call.parameters, files, ...more } as never };
}

async function outputOf(call: OperationCall, more: Partial<Run> = {}): Promise<INodeExecutionData> {
	const [item] = await stage.run(call, {}, more);
	return item!;
}

/** What one provider answers in place of an export. */
function refusal(provider: string, status: number, code: string): Meddling {
	const message = `Because of ${code}`;
	const bodies: Record<string, IDataObject> = {
		scriptivox: { error: { code, message } },
		whipscribe: { error: message, code },
		transcripton: { detail: { code, message } },
	};
	return { status, body: bodies[provider]! };
}

describe.each(BOTH)('the files of %s', (_name, call) => {
	const formats = FORMATS[call.provider]!;

	it('come in each of the provider’s formats, as binaries of the same item', async () => {
		const [bare] = await stage.run(call);
		stage.calls.length = 0;

		const { json, binary, pairedItem } = await outputOf(withFiles(call, formats));

		expect(json).toEqual(bare!.json);
		expect(pairedItem).toEqual({ item: 0 });
		expect(Object.keys(binary!).sort()).toEqual(formats);
		const asked = stage.calls.map(formatOf).filter((format) => format !== undefined);
		expect(new Set(asked)).toEqual(new Set(formats));
		for (const format of formats.filter((one) => one !== 'json')) {
			expect(String(await bytesOf(binary![format]))).toBe('Good morning.');
			expect(binary![format]!.fileExtension).toBe(format);
		}
	});

	it('are not asked for unless somebody chooses some', async () => {
		const { binary } = await outputOf(call);

		expect(binary).toBeUndefined();
		expect(exported()).toEqual([]);
	});

	it('come beside the provider’s own reply without Simplify', async () => {
		const { json } = await outputOf({
			...call,
			parameters: { ...call.parameters, simplify: false },
		});
		const full = await outputOf(withFiles(call, ['srt'], { simplify: false }));

		expect(full.json).toEqual(json);
		expect(Object.keys(full.binary!)).toEqual(['srt']);
	});

	it('are asked for once each, however an expression names them', async () => {
		const { binary } = await outputOf(withFiles(call, ' SRT, vtt,srt,'));

		expect(Object.keys(binary!)).toEqual(['srt', 'vtt']);
		expect(exported()).toEqual(['srt', 'vtt']);
	});

	it.each(['subtitles', 'constructor', 'xlsx'])(
		'of a kind that nobody makes are refused before any request: %s',
		async (format) => {
			const error = await errorOf(stage.run(withFiles(call, ['srt', format])));

			expect(error.message).toContain(`has no export format "${format}" [item 0]`);
			expect(error.description).toContain('Choose one of');
			expect(stage.calls).toEqual([]);
		},
	);

	it.each<[string, Meddling]>([
		['the line breaks', 'reset'],
		['the provider is busy', { status: 503, body: {} }],
		['a limit is used up', { status: 429, body: {}, headers: { 'retry-after': '7' } }],
		['a proxy shows its page', { status: 502, body: '<!doctype html><p>Bad gateway</p>' }],
	])('arrive although %s at first', async (_what, trouble) => {
		let troubles = 0;
		stage.meddle = (one) => (formatOf(one) === 'vtt' && troubles++ < 2 ? trouble : undefined);

		const { json, binary } = await outputOf(withFiles(call, ['vtt', 'srt']));

		expect(json.error).toBeNull();
		expect(Object.keys(binary!)).toEqual(['vtt', 'srt']);
		expect(stage.calls.filter(isStart).length).toBeLessThanOrEqual(1);
	});

	it('do not keep back the transcript where the provider stays away', async () => {
		stage.meddle = (one) => (formatOf(one) === 'vtt' ? { status: 503, body: {} } : undefined);
		const hints: NodeExecutionHint[] = [];

		const soon = { ...(call.parameters.options as IDataObject), timeoutMinutes: 0.5 };
		const chosen = withFiles(call, ['srt', 'vtt', 'txt'], { options: soon });

		const { json, binary } = await outputOf(chosen, { hints });

		expect(json).toMatchObject({ status: 'completed', text: 'Hi' });
		expect(Object.keys(binary!)).toEqual(['srt']);
		const { message } = json.error as { message: string };
		expect(message).toMatch(/^Files are missing \(vtt, txt\); use \w+: Export with the ID /);
		expect(message).toContain(UUID);
		expect(exported()).not.toContain('txt');
		expect(hints).toContainEqual({ message, type: 'warning', location: 'outputPane' });
	});

	it('are told to be missing where n8n cannot store them', async () => {
		const full = new Error('ENOSPC: no space left on device');
		stage.meddle = (one) => {
			if (formatOf(one) === 'srt') {
				jest.spyOn(BinaryDataService.prototype, 'store').mockRejectedValueOnce(full);
			}
			return undefined;
		};

		const { json, binary } = await outputOf(withFiles(call, ['srt']));

		expect(json).toMatchObject({ status: 'completed', text: 'Hi' });
		expect(binary).toBeUndefined();
		const { message } = json.error as { message: string };
		expect(message).toMatch(/Files are missing \(srt\).*n8n cannot store the file "\S+\.srt"/);
	});

	it('are left out for a tool, which hands no bytes on', async () => {
		const { node } = stage.setupOf(call);
		const description = { ...node.description, name: `${node.description.name}Tool` };
		const tool = Object.assign(Object.create(node) as INodeType, { description });

		const { json, binary } = await outputOf(withFiles(call, formats), { node: tool });

		expect(json).toMatchObject({ status: 'completed', text: 'Hi' });
		expect(binary).toBeUndefined();
		expect(exported()).toEqual([]);
	});

	it('of a job that failed are not asked for', async () => {
		stage.meddle = (one) =>
			isLook(one)
				? { status: 200, body: { id: UUID, job_id: UUID, status: 'failed', error: null } }
				: undefined;

		await errorOf(stage.run(withFiles(call, formats)));

		expect(exported()).toEqual([]);
	});
});

const REFUSALS: Record<string, Array<[status: number, code: string]>> = {
	scriptivox: [
		[400, 'INVALID_REQUEST'],
		[401, 'INVALID_API_KEY'],
		[401, 'API_KEY_REVOKED'],
		[404, 'TRANSCRIPTION_NOT_FOUND'],
		[404, 'NOT_FOUND'],
		[405, 'METHOD_NOT_ALLOWED'],
	],
	whipscribe: [
		[400, 'BAD_ID'],
		[401, 'MISSING_API_KEY'],
		[401, 'AUTHENTICATION_REQUIRED'],
		[402, 'transcript_locked'],
		[404, 'NOT_FOUND'],
	],
	transcripton: [
		[401, 'invalid_api_key'],
		[403, 'email_not_verified'],
		[404, 'not_found'],
		[409, 'job_not_ready'],
	],
};
const EVERY_REFUSAL = BOTH.flatMap(([name, call]) =>
	REFUSALS[call.provider]!.map(([status, code]): [string, string, OperationCall, number] => [
		name,
		code,
		call,
		status,
	]),
);

describe('a file that the provider refuses', () => {
	it.each(EVERY_REFUSAL)('is told in the item of %s: %s', async (_name, code, call, status) => {
		stage.meddle = (one) =>
			formatOf(one) === 'vtt' ? refusal(call.provider, status, code) : undefined;
		const hints: NodeExecutionHint[] = [];

		const { json, binary } = await outputOf(withFiles(call, ['vtt', 'srt']), { hints });

		expect(json).toMatchObject({ status: 'completed', text: 'Hi', error: { code } });
		const { message } = json.error as { message: string };
		expect(message).toMatch(/^Files are missing \(vtt\); use (Job|Transcription): Export with/);
		expect(message).toContain(`Because of ${code}`);
		expect(Object.keys(binary!)).toEqual(['srt']);
		expect(hints.map((hint) => hint.message)).toContain(message);
		expect(exported()).toEqual(['vtt', 'srt']);
		expect(stage.calls.filter(isStart).length).toBeLessThanOrEqual(1);
	});
});

describe.each(TRANSCRIBING)('the files of %s', (_name, call) => {
	it('are not asked for where nobody waits', async () => {
		const { json, binary } = await outputOf(withFiles(call, ['srt'], { wait: 'none' }));

		expect(json.status).toBe('queued');
		expect(binary).toBeUndefined();
		expect(stage.calls.filter(({ call: sent }) => sent.startsWith('GET'))).toEqual([]);
	});

	/** One item, as n8n gives it to the node again and again. */
	const oneItem = async () => [await binaryItem(Buffer.from('sound of speech'))];

	it('come when a run that was stopped meanwhile is tried again, for one job', async () => {
		const items = await oneItem();
		const runExecutionData = createRunExecutionData({});
		const stop = new AbortController();
		const chosen = withFiles(call, ['srt', 'vtt']);
		stage.meddle = (one) => {
			if (formatOf(one) === 'vtt') stop.abort(new Error('stopped'));
			return undefined;
		};
		const error = await errorOf(
			stage.run(chosen, {}, { runExecutionData, signal: stop.signal, items }),
		);
		expect(error.message).toContain(UUID);
		stage.meddle = () => undefined;

		const { json, binary } = await outputOf(chosen, { runExecutionData, items });

		expect(json).toMatchObject({ id: UUID, text: 'Hi', error: null });
		expect(Object.keys(binary!)).toEqual(['srt', 'vtt']);
		expect(stage.calls.filter(isStart)).toHaveLength(1);
	});

	it('may be chosen for a retry, which starts no other job', async () => {
		const items = await oneItem();
		const runExecutionData = createRunExecutionData({});
		stage.meddle = (one) => (isLook(one) ? { status: 401, body: {} } : undefined);
		await errorOf(stage.run(call, {}, { runExecutionData, items }));
		stage.meddle = () => undefined;

		const { binary } = await outputOf(withFiles(call, ['srt']), { runExecutionData, items });

		expect(Object.keys(binary!)).toEqual(['srt']);
		expect(stage.calls.filter(isStart)).toHaveLength(1);
	});
});

describe('a file’s name', () => {
	it.each(FROM_FILE)('is that of the recording: %s', async (_name, call) => {
		const stored = await storeBinary(Buffer.from('sound of speech'), {
			fileName: 'Grüße an alle 🎧.v2.MP3',
			mimeType: 'audio/mpeg',
		});
		const items = [{ json: {}, binary: { data: stored } }];

		const { json, binary } = await outputOf(withFiles(call, ['srt', 'txt']), { items });

		expect(json.fileName).toBe('Grüße an alle 🎧.v2.MP3');
		expect(binary!.srt!.fileName).toBe('Grüße an alle 🎧.v2.srt');
		expect(binary!.txt!.fileName).toBe('Grüße an alle 🎧.v2.txt');
	});

	it.each(callsOf(/(scriptivox|whipscribe|transcripton) .* transcribe url/))(
		'is that of the recording behind a link, whose query is a secret: %s',
		async (_name, call) => {
			const url = 'https://example.com/shows/Episode%2012.mp3?token=secret-of-the-link';

			const { json, binary } = await outputOf(withFiles(call, ['srt'], { url }));

			expect(json.fileName).toBeNull();
			expect(binary!.srt!.fileName).toBe('Episode 12.srt');
		},
	);

	it.each(WAITING)('is the job’s ID where nobody knows the recording: %s', async (_name, call) => {
		const { binary } = await outputOf(withFiles(call, ['srt']));

		expect(binary!.srt!.fileName).toBe(`${UUID}.srt`);
	});

	it('is the one that Transcripton gives where the node knows no other', async () => {
		const [, call] = callsOf(/transcripton .* wait$/)[0]!;
		stage.meddle = (one) =>
			formatOf(one) === 'srt'
				? {
						status: 200,
						body: '1',
						headers: { 'content-disposition': "attachment; filename*=UTF-8''Lesung.srt" },
					}
				: undefined;

		const { binary } = await outputOf(withFiles(call, ['srt']));

		expect(binary!.srt!.fileName).toBe('Lesung.srt');
	});
});
