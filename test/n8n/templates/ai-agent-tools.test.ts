import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { samplesFolder } from '../../../dev/paths';
import { Gallery } from '../../rig/templates/gallery';
import { type Request, ScriptedChatModel } from '../../rig/hosts/chatModel';
import { until } from '../../rig/basics/until';

const NAME = 'ai-agent-tools';
const RECORDING = 'https://recordings.example/team-meeting.mp3';
const SAMPLE = join(samplesFolder, 'morning-briefing.wav');
const LONG_BYTES = 20 * 1024 ** 2;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

type Answer = Record<string, unknown> & { details: Record<string, unknown> };

describe('the template AI agent with transcription tools', () => {
	let gallery: Gallery;
	let model: ScriptedChatModel;
	let chatPath: string;
	let sessions = 0;

	beforeAll(async () => {
		model = await ScriptedChatModel.start();
		gallery = await Gallery.start({
			hosts: () => ({ 'api.openai.com': model.url }),
			credentials: () => [{ name: 'OpenAI', type: 'openAiApi', data: { apiKey: 'sk-model' } }],
			simulator: { transcripton: { fileMinutes: 60 } },
		});
		const id = await gallery.publishTemplate(NAME);
		const { nodes } = await gallery.n8n.client.workflow(id);
		const trigger = nodes.find(({ name }) => name === 'When Chat Message Received')!;
		chatPath = `/webhook/${trigger.webhookId}/chat`;
	});

	afterEach(() => gallery.simulator.reset());

	afterAll(async () => {
		await gallery?.stop();
		await model?.stop();
	});

	/** Sends a message as the chat's page does; the answer is the agent's. */
	async function chat(
		chatInput: string,
		sessionId = `session-${++sessions}`,
		path = chatPath,
	): Promise<string> {
		const body = { action: 'sendMessage', sessionId, chatInput };
		const { client } = gallery.n8n;
		return (await client.request<{ output: string }>('POST', path, { body })).output;
	}

	const transcripton = () => gallery.simulator.transcripton;
	const answers = () =>
		model.toolAnswers().map((text) => (JSON.parse(text) as [Answer])[0]) as Answer[];
	const jobIdIn = ({ messages }: Request) => UUID.exec(JSON.stringify(messages))![0];

	/** A job of a recording so long that its text is too much for a model. */
	async function longJob(): Promise<string> {
		const start = await readFile(SAMPLE);
		const bytes = Buffer.concat([start, Buffer.alloc(LONG_BYTES - start.length)]);
		const form = new FormData();
		form.append('file', new Blob([bytes]), 'lecture.wav');
		const response = await fetch(`${transcripton().baseUrl}/jobs`, {
			method: 'POST',
			headers: { 'X-API-Key': transcripton().apiKey },
			body: form,
		});
		return ((await response.json()) as { id: string }).id;
	}

	it('offers the model four tools, each with the links and IDs that it takes', async () => {
		model.say('Hello.');

		await chat('Hello');

		const offered = model.requests[0]!.tools.map(({ name, description, parameters }) => ({
			name,
			said: description.length > 40,
			takes: Object.entries(parameters.properties).map(([key, { type }]) => `${key}: ${type}`),
			required: parameters.required,
		}));
		expect(offered.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
			{ name: 'Get_Transcript', said: true, takes: ['jobId: string'], required: ['jobId'] },
			{ name: 'Submit_Recording', said: true, takes: ['url: string'], required: ['url'] },
			{ name: 'Summarize_Transcript', said: true, takes: ['jobId: string'], required: ['jobId'] },
			{
				name: 'Translate_Transcript',
				said: true,
				takes: ['jobId: string', 'targetLanguage: string'],
				required: ['jobId', 'targetLanguage'],
			},
		]);
	});

	it('submits, reads, summarizes and translates, and gives each result to the model', async () => {
		model.say(
			{ Submit_Recording: { url: RECORDING } },
			(request) => ({ Summarize_Transcript: { jobId: jobIdIn(request) } }),
			(request) => ({
				Translate_Transcript: { jobId: jobIdIn(request), targetLanguage: 'de' },
				Get_Transcript: { jobId: jobIdIn(request) },
			}),
			'It is about a meeting.',
		);

		expect(await chat(`What is said in ${RECORDING}, and in German?`)).toBe(
			'It is about a meeting.',
		);

		const [job] = transcripton().jobs();
		expect(transcripton().jobs()).toHaveLength(1);
		expect(job).toMatchObject({ source: 'url', status: 'done', summarized: true, diarize: false });
		const [submitted, summary, translation, transcript] = answers();
		expect(submitted).toMatchObject({ id: job!.id, text: null });
		expect(summary).toMatchObject({ jobId: job!.id, summarized: true });
		expect(summary!.summary).toMatch(/^About: \w+/);
		expect(translation).toMatchObject({ target_lang: 'de' });
		expect(transcript).toMatchObject({ id: job!.id, status: 'completed' });
		expect(translation!.text).toBe(`[de] ${transcript!.text as string}`);
		expect(transcripton().statistics()).toMatchObject({ jobs: 1, translationsMade: 1 });
		expect(gallery.proxy!.unknownHosts()).toEqual([]);
	});

	it('remembers a job over the messages of one chat, and tells no other chat', async () => {
		model.say({ Submit_Recording: { url: RECORDING } }, (request) => jobIdIn(request));
		const jobId = await chat('Transcribe it', 'mine');

		model.say('It is under way.');
		await chat('How far is it?', 'mine');
		expect(JSON.stringify(model.requests[0]!.messages)).toContain(jobId);

		model.say('Which one?');
		await chat('How far is it?', 'of somebody else');
		expect(JSON.stringify(model.requests[0]!.messages)).not.toContain(jobId);
	});

	it('gives the model the beginning of a long transcript, and says that it was cut', async () => {
		const jobId = await longJob();
		await until(
			'The long recording is transcribed',
			() => transcripton().jobs()[0]!.status === 'done',
		);
		model.say({ Get_Transcript: { jobId } }, 'It is long.');

		await chat('Read the lecture');

		const [transcript] = answers();
		expect(transcript).toMatchObject({ status: 'completed', cut: ['text'] });
		expect(transcript!.text).toHaveLength(12_001);
		expect(transcript!.text).toMatch(/…$/);
	});

	it.each<[string, Record<string, object>, string, string | null]>([
		[
			'an ID that is none',
			{ Get_Transcript: { jobId: 'team-meeting.mp3' } },
			'Job is not a Transcripton ID',
			'An ID looks like',
		],
		[
			'a link that is none',
			{ Submit_Recording: { url: 'team-meeting.mp3' } },
			'URL must begin with http:// or https://',
			null,
		],
		['no argument', { Submit_Recording: {} }, 'URL must begin with', null],
		[
			'the name of a language',
			{
				Translate_Transcript: {
					jobId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
					targetLanguage: 'German',
				},
			},
			'Target Language is not an ISO 639-1 code',
			'Enter a code of two letters',
		],
		[
			'a job that is not there',
			{ Get_Transcript: { jobId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' } },
			'(not_found)',
			null,
		],
	])('tells the model what is wrong with %s, and goes on', async (_what, call, error, advice) => {
		model.say(call, 'That did not work.');

		expect(await chat('Do it')).toBe('That did not work.');

		const [answer] = answers();
		expect(answer!.error).toContain(error);
		if (advice) expect(answer!.details.description).toContain(advice);
		expect(transcripton().jobs()).toEqual([]);
	});

	it('tells the model of a job that failed', async () => {
		model.say(
			{ Submit_Recording: { url: 'https://recordings.example/fail-job.mp3' } },
			(request) => ({ Summarize_Transcript: { jobId: jobIdIn(request) } }),
			'It could not be transcribed.',
		);

		expect(await chat('Summarize it')).toBe('It could not be transcribed.');

		expect(answers()[1]!.error).toContain('Transcripton could not transcribe the recording');
	});

	it('does as Settings say', async () => {
		const webhookId = randomUUID();
		const id = await gallery.publishTemplate(NAME, {
			settings: { instructions: 'Speak like a pirate.', diarize: true },
			edit: ({ nodes }) => {
				nodes.find((node) => node.webhookId)!.webhookId = webhookId;
			},
		});
		model.say({ Submit_Recording: { url: RECORDING } }, 'Aye.');

		await chat('Transcribe it', 'pirate', `/webhook/${webhookId}/chat`);
		await gallery.n8n.client.unpublishWorkflow(id);

		expect(JSON.stringify(model.requests[0]!.messages)).toContain('Speak like a pirate.');
		expect(transcripton().jobs()[0]).toMatchObject({ diarize: true });
	});

	it('asks for a login of n8n', async () => {
		const response = await fetch(new URL(chatPath, gallery.n8n.url), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'a', chatInput: 'Hello' }),
		});

		expect(response.status).toBe(401);
	});
});
