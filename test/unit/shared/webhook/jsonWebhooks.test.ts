import { createHash, createHmac, randomUUID } from 'node:crypto';

import { createRunExecutionData } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';

import { Scriptivox } from '../../../../nodes/Scriptivox/Scriptivox.node';
import { ScriptivoxTrigger } from '../../../../nodes/Scriptivox/ScriptivoxTrigger.node';
import { TranscriptonTrigger } from '../../../../nodes/Transcripton/TranscriptonTrigger.node';
import * as dropbox from '../../dropboxUpload/support';
import { callWebhook, START } from '../../harness';
import type { WebhookAnswer, WebhookCall } from '../../harness';
import * as scriptivox from '../../scriptivox/support';
import * as transcripton from '../../transcripton/support';
import { isJson, JSON_TEXTS, NO_JSON_TEXTS, UNDECIDED_TEXTS, within } from '../jsonCases';
import type { JsonCase } from '../jsonCases';

const NOW = START.getTime() / 1000;

const hmac = (key: string, message: string) =>
	createHmac('sha256', key).update(message).digest('hex');

/** A webhook of the pack, with events in which a text stands. */
interface Receiver {
	/** Delivers a body with the signature that its provider gives it. */
	deliver(body: string): Promise<WebhookAnswer>;
	/** Bodies of genuine events. */
	around: Array<(text: string) => string>;
	/** The answer to a genuine body that is no event, or none whose time can be read. */
	noEvent: number;
}

const json = { 'Content-Type': 'application/json' };
const parameters: INodeParameters = { options: { fetchTranscript: false } };

function scriptivoxHeaders(body: string) {
	const key = createHash('sha256').update(scriptivox.KEY).digest('hex');
	return {
		...json,
		'X-Scriptivox-Timestamp': String(NOW),
		'X-Scriptivox-Signature': hmac(key, `${NOW}.${body}`),
	};
}

const call = async (one: Omit<WebhookCall, 'body'>, body: string) =>
	await callWebhook({ nodeId: randomUUID(), ...one, body: Buffer.from(body) });

const ofScriptivox = (text: string, more = '') =>
	`{"event":"transcription.completed","transcription_id":"${scriptivox.ID}"${more},"new":${text}}`;

const RECEIVERS: Record<string, Receiver> = {
	'the trigger of Scriptivox': {
		deliver: async (body) =>
			await call(
				{
					node: new ScriptivoxTrigger(),
					credentials: scriptivox.credentials,
					headers: scriptivoxHeaders(body),
					parameters,
				},
				body,
			),
		around: [
			(text) => ofScriptivox(text),
			(text) => ofScriptivox(text, `,"result":${text},"duration_seconds":${text}`),
			(text) => ofScriptivox(text, `,"result":{"utterances":${text}},"error":${text}`),
		],
		noEvent: 400,
	},
	'the trigger of Transcripton': {
		deliver: async (body) =>
			await call(
				{
					node: new TranscriptonTrigger(),
					credentials: transcripton.credentials,
					headers: { ...json, 'X-Webhook-Signature': hmac(transcripton.SECRET, body) },
					parameters,
				},
				body,
			),
		around: [
			(text) =>
				`{"event":"job.done","timestamp":${NOW},"data":{"job_id":"${transcripton.ID}","status":"done","new":${text}}}`,
			(text) =>
				`{"event":"job.done","timestamp":${NOW},"data":{"job_id":"${transcripton.ID}","status":${text},"duration_sec":${text}}}`,
		],
		noEvent: 401,
	},
	'a parked execution': {
		deliver: async (body) =>
			await call(
				{
					node: new Scriptivox(),
					credentials: scriptivox.credentials,
					headers: scriptivoxHeaders(body),
					parameters: { resource: 'transcription', operation: 'transcribe', wait: 'webhook' },
					runExecutionData: createRunExecutionData({
						executionData: {
							contextData: { 'node:Scriptivox': { parkedJobId: scriptivox.ID } },
							nodeExecutionStack: [],
							metadata: {},
							waitingExecution: {},
							waitingExecutionSource: {},
						},
					}),
				},
				body,
			),
		around: [(text) => ofScriptivox(text), (text) => ofScriptivox(text, `,"result":${text}`)],
		noEvent: 400,
	},
};

/** The answers to bodies, each with the body's name. */
async function answersTo({ deliver }: Receiver, cases: JsonCase[]) {
	const answers: Array<WebhookAnswer & { name: string }> = [];
	for (const { name, text } of cases) answers.push({ name, ...(await deliver(text)) });
	return answers;
}

const namesOf = (answers: Array<{ name: string }>) => answers.map(({ name }) => name);

describe.each(Object.entries(RECEIVERS))('a signed body, sent to %s,', (_which, receiver) => {
	it('that is an event with any JSON in it is accepted, and does what it says', async () => {
		for (const around of receiver.around) {
			const answers = await answersTo(receiver, within(JSON_TEXTS, around));
			const wrong = answers.filter(({ status, items }) => status !== 200 || items === null);

			expect(namesOf(wrong)).toEqual([]);
		}
	});

	it('that is any other JSON is no event, and starts nothing', async () => {
		const undecided = UNDECIDED_TEXTS.filter(({ text }) => isJson(text));
		const answers = await answersTo(receiver, [...JSON_TEXTS, ...undecided]);
		const wrong = answers.filter(
			({ status, items }) => status !== receiver.noEvent || items !== null,
		);

		expect(namesOf(wrong)).toEqual([]);
	});

	it('that is no JSON is refused, and starts nothing', async () => {
		const broken = receiver.around.flatMap((around) => within(NO_JSON_TEXTS, around));
		const cases = [...NO_JSON_TEXTS, ...UNDECIDED_TEXTS, ...broken].filter(
			({ text }) => !isJson(text),
		);
		const answers = await answersTo(receiver, cases);
		const wrong = answers.filter(({ status, items }) => status !== 400 || items !== null);

		expect(cases.length).toBeGreaterThan(NO_JSON_TEXTS.length * 1.9);
		expect(namesOf(wrong)).toEqual([]);
	});
});

describe('a signed body, sent to the trigger of Dropbox,', () => {
	const headers = (body: string) => ({
		...json,
		'X-Dropbox-Signature': hmac(dropbox.SECRET, body),
	});

	it('that is any JSON without accounts, or none, is refused, and starts nothing', async () => {
		const { call: deliver } = await dropbox.begun();
		const wrong: string[] = [];
		for (const { name, text } of [...JSON_TEXTS, ...UNDECIDED_TEXTS, ...NO_JSON_TEXTS]) {
			const answer = await deliver({ body: Buffer.from(text), headers: headers(text) });
			if (answer.status !== 400 || answer.items !== null) wrong.push(name);
		}

		expect(wrong).toEqual([]);
	});

	it('that names other accounts, whatever they are, is accepted, and starts nothing', async () => {
		const { call: deliver } = await dropbox.begun();
		const wrong: string[] = [];
		for (const { name, text } of within(
			JSON_TEXTS,
			(one) => `{"list_folder":{"accounts":[${one}]}}`,
		)) {
			const answer = await deliver({ body: Buffer.from(text), headers: headers(text) });
			if (answer.status !== 200 || answer.items !== null) wrong.push(name);
		}

		expect(wrong).toEqual([]);
	});
});
