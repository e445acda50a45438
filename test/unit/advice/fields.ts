import type { INodeParameters } from 'n8n-workflow';

import { UUID } from '../../everyOperation/operations';
import { errorOf } from '../harness';
import { lookingUp, onTheInternet, runWith } from './advice';
import type { Advice, Followed, Stage } from './advice';
import { FROM_FILE, FROM_LINK, LISTS, LOOKS } from './outputs';

const OK = { of: 'mediaScribe recording getStatus', gives: { json: { state: 'ready' } } };
const EXPORTS = [
	{ of: 'scriptivox transcription export' },
	{ of: 'whipscribe job export' },
	{ of: 'transcripton job export' },
];
const FILE = { binary: { data: { fileSize: '13 B' } } };
const POST = { of: 'scripe post create', gives: { json: { id: 'job_5gH6iJ7kL8' } } };
const locator = (field: string, value: string) => ({ [field]: { __rl: true, mode: 'id', value } });

/** A provider on the internet, which cannot open a link into a network of one's own. */
async function fromTheInternet(
	stage: Stage,
	{ of, gives, parameters }: { of: string; gives: object; parameters: INodeParameters },
): Promise<Followed> {
	const wrong = {
		credential: { baseUrl: onTheInternet },
		parameters: { url: 'http://192.168.1.20/a.mp3' },
	};
	return await lookingUp(
		() => undefined,
		async () => {
			const { message, description } = await errorOf(runWith(stage, of, wrong));
			const right = { ...wrong, parameters: { ...wrong.parameters, ...parameters } };
			const output = await runWith(stage, of, right);
			return { message, description: String(description), output, expected: [gives] };
		},
	);
}

/** Fields and options that hold what the node or its provider does not take. */
export const fields: Advice[] = [
	{
		message: '… is empty',
		page: 'Fill in the field.',
		panel: /An ID looks like|Fill in the field/,
		trials: [
			...LOOKS.map(({ of, field, id, gives }) => ({
				of,
				wrong: { parameters: locator(field, '') },
				right: { parameters: locator(field, id) },
				gives,
			})),
			{
				...POST,
				wrong: { parameters: { content: ' ' } },
				right: { parameters: { content: 'Good morning.' } },
			},
		],
	},
	{
		message: '… is not a … ID',
		page: 'Take it from the output of the node that started the job',
		panel: /An ID looks like/,
		trials: LOOKS.map(({ of, field, id, gives }) => ({
			of,
			wrong: { parameters: locator(field, 'meeting.mp3') },
			right: { parameters: locator(field, id) },
			gives,
		})),
	},
	{
		message: 'URL …',
		page: 'must begin with `http://` or `https://`',
		panel: /Enter the whole link to the recording/,
		trials: ['', 'example.com/a.mp3'].flatMap((url) =>
			FROM_LINK.map((trial) => ({
				...trial,
				wrong: { parameters: { url } },
				right: { parameters: { url: 'https://example.com/a.mp3' } },
			})),
		),
	},
	{
		message: 'URL leads into a network that … cannot reach',
		page: 'Use a link that anybody can open, or read the file with n8n and choose *Binary File*',
		panel: /Use a link that anybody on the internet can open, or read the file with n8n/,
		trials: FROM_LINK.flatMap(({ of, gives }) =>
			[{ url: 'https://example.com/a.mp3' }, { inputType: 'binaryFile' }].map((parameters) => ({
				of,
				follow: async (stage: Stage) => await fromTheInternet(stage, { of, gives, parameters }),
			})),
		),
	},
	{
		message: 'Webhook URL must begin with http:// or https://',
		page: 'Enter the whole address',
		panel: /Enter the whole address/,
		trials: [
			{
				...FROM_LINK[0]!,
				wrong: { options: { webhookUrl: 'n8n.example/webhook/1' } },
				right: { options: { webhookUrl: 'https://n8n.example/webhook/1' } },
			},
		],
	},
	{
		message: '… must be … from … to …',
		page: 'outside its range, or not a number',
		panel: /Enter a number within the range, or remove the option/,
		trials: [...FROM_FILE, OK].flatMap((trial) =>
			[3, undefined].map((maxRetries) => ({
				...trial,
				wrong: { options: { maxRetries: 1000 } },
				right: { options: { maxRetries } },
			})),
		),
	},
	{
		message: '… must be true or false',
		page: 'its expression gives something else',
		panel: /let its expression give true or false/,
		trials: [
			...FROM_FILE.slice(1, 3).map((trial) => ({
				...trial,
				wrong: { parameters: { diarize: 'yes' } },
				right: { parameters: { diarize: 'true' } },
			})),
			{
				of: 'mediaScribe recording stop',
				wrong: { options: { failIfUnchanged: 'yes' } },
				right: { options: { failIfUnchanged: false } },
				gives: { json: { changed: false } },
			},
		],
	},
	{
		message: '… is not a date',
		page: 'A date looks like `2026-11-22`',
		panel: /A date looks like 2026-11-22/,
		trials: ['post', 'note'].map((resource) => ({
			of: `scripe ${resource} getMany`,
			wrong: { parameters: { filters: { dateFrom: 'last Monday' } } },
			right: { parameters: { filters: { dateFrom: '2026-11-22' } } },
			gives: { json: { id: 'job_5gH6iJ7kL8' } },
		})),
	},
	{
		message: '… is not a date and time',
		page: 'A time looks like `2026-11-22T10:00:00Z`',
		panel: /A time looks like 2026-11-22T10:00:00Z/,
		trials: [
			{
				...LISTS[0]!,
				wrong: { parameters: { filters: { from: 'last Monday' } } },
				right: { parameters: { filters: { from: '2026-11-22T10:00:00Z' } } },
			},
			{
				...POST,
				wrong: { options: { scheduledFor: 'next Monday' } },
				right: { options: { scheduledFor: '2026-11-29T10:00:00Z' } },
			},
		],
	},
	{
		message: 'Scheduled For has passed',
		page: 'Remove the option to make a draft',
		panel: /Enter a time to come, or remove the option/,
		trials: ['2026-11-29T10:00:00Z', undefined].map((scheduledFor) => ({
			...POST,
			wrong: { options: { scheduledFor: '2020-01-01T00:00:00Z' } },
			right: { options: { scheduledFor } },
		})),
	},
	{
		message: '… has more than … characters',
		page: 'Shorten the text',
		panel: /Shorten it, or split it over several items/,
		trials: [
			{
				...POST,
				wrong: { parameters: { content: 'word '.repeat(40_000) } },
				right: { parameters: { content: 'word '.repeat(40) } },
			},
		],
	},
	{
		message: 'Limit must be a whole number above 0',
		page: 'Enter 1 or more, or turn on *Return All*',
		panel: /Limit must be a whole number above 0.*Enter 1 or more/s,
		trials: LISTS.flatMap((trial) =>
			[{ limit: 1 }, ...(trial.of.startsWith('whipscribe') ? [] : [{ returnAll: true }])].map(
				(parameters) => ({ ...trial, wrong: { parameters: { limit: 0 } }, right: { parameters } }),
			),
		),
	},
	{
		message: 'Limit must be at most …',
		page: 'lists only its newest jobs',
		panel: /lists the newest jobs only/,
		trials: [
			{
				...LISTS[1]!,
				wrong: { parameters: { limit: 5000 } },
				right: { parameters: { limit: 50 } },
			},
		],
	},
	{
		message: 'Idempotency Key must have at most … characters, …',
		page: "`{{ $json.path.hash('sha256') }}`",
		panel: /Use a hash of what makes the item unique/,
		trials: [FROM_LINK[0]!, FROM_LINK[1]!, FROM_FILE[3]!].map((trial) => ({
			...trial,
			wrong: { options: { idempotencyKey: '/Recordings/Über uns.mp3' } },
			right: {
				options: { idempotencyKey: "={{ '/Recordings/Über uns.mp3'.hash('sha256') }}" },
			},
		})),
	},
	{
		message: 'Speaker Count needs Identify Speakers',
		page: 'Turn on *Identify Speakers*, or remove *Speaker Count*',
		panel: /Turn on Identify Speakers, or remove Speaker Count/,
		trials: [{ parameters: { diarize: true } }, { options: { speakerCount: undefined } }].map(
			(right) => ({
				...FROM_LINK[0]!,
				wrong: { parameters: { diarize: '={{ false }}' }, options: { speakerCount: 2 } },
				right,
			}),
		),
	},
	{
		message: 'Scriptivox does not know the language "…"',
		page: 'Choose a language from the list, or *Detect Automatically*',
		panel: /Choose one from the list, or Detect Automatically/,
		trials: ['de', 'auto'].map((language) => ({
			...FROM_LINK[0]!,
			wrong: { parameters: { language: 'German' } },
			right: { parameters: { language } },
		})),
	},
	{
		message: 'Language is not an ISO code: "…"',
		page: 'Enter a code such as `de`',
		panel: /Enter a code such as de, or auto/,
		trials: ['de', 'auto'].map((language) => ({
			...FROM_LINK[2]!,
			wrong: { parameters: { language: 'German' } },
			right: { parameters: { language } },
		})),
	},
	{
		message: '"…" is not the code of a language',
		page: 'Enter a code such as `en`',
		panel: /Enter an ISO code such as en, or leave the field empty/,
		trials: ['en', ''].map((language) => ({
			...FROM_LINK[1]!,
			wrong: { parameters: { language: 'English!' } },
			right: { parameters: { language } },
		})),
	},
	...['Target Language is empty', 'Target Language is not an ISO 639-1 code'].map((message) => ({
		message,
		page: 'two-letter code',
		panel: /Enter a code of two letters, such as de/,
		trials: [
			{
				of: 'transcripton translation create',
				wrong: { parameters: { targetLanguage: message.endsWith('empty') ? '' : 'German' } },
				right: { parameters: { targetLanguage: 'de' } },
				gives: { json: { text: 'Guten Morgen.' } },
			},
		],
	})),
	{
		message: 'Transcripton takes Language with a URL only',
		page: 'Leave *Language* empty.',
		panel: /Leave Language empty/,
		trials: [
			{
				...FROM_FILE[2]!,
				wrong: { parameters: { inputType: '={{ "binaryFile" }}', language: 'de' } },
				right: { parameters: { language: '' } },
			},
		],
	},
	{
		message: 'There is no input type "…"',
		page: 'Choose it from the list',
		panel: /Choose an Input Type from the list/,
		trials: FROM_FILE.map((trial) => ({
			...trial,
			wrong: { parameters: { inputType: 'file' } },
			right: { parameters: { inputType: 'binaryFile' } },
		})),
	},
	{
		message: 'There is no operation "…" for the resource "…"',
		page: 'Choose resource and operation from the lists',
		panel: /Choose a resource and an operation from the lists/,
		trials: [...LOOKS, OK].map(({ of, gives }) => ({
			of,
			gives,
			wrong: { parameters: { operation: 'read' } },
			right: { parameters: { operation: of.split(' ')[2]! } },
		})),
	},
	{
		message: 'There is no control path "…"',
		page: 'Choose one of the two ways',
		panel: /Choose one of status, recording/,
		trials: [
			{
				of: 'mediaScribe recording stop',
				wrong: { options: { controlPath: 'newest' } },
				right: { options: { controlPath: 'recording' } },
				gives: { json: { changed: false } },
			},
		],
	},
	{
		message: '… has no export format "…"',
		page: 'The description lists the formats',
		panel: /Choose one of .*srt/,
		trials: [
			...EXPORTS.map(({ of }) => ({
				of,
				wrong: { parameters: { format: 'subtitles' } },
				right: { parameters: { format: 'srt' } },
				gives: FILE,
			})),
			...[...FROM_FILE.slice(0, 3), ...FROM_LINK].map(({ of, gives }) => ({
				of,
				wrong: { parameters: { files: ['subtitles'] } },
				right: { parameters: { files: 'srt, vtt' } },
				gives: { ...gives, binary: { srt: {}, vtt: {} } },
			})),
		],
	},
	{
		message: 'Put Output File in Field is empty',
		page: 'Enter a name for the field that gets the file, such as `data`',
		panel: /Enter the name of the field that receives the file, such as data/,
		trials: EXPORTS.map(({ of }) => ({
			of,
			wrong: { parameters: { binaryPropertyName: '' } },
			right: { parameters: { binaryPropertyName: 'data' } },
			gives: FILE,
		})),
	},
	{
		message: 'Transcripton has no status "…"',
		page: 'The description lists the states',
		panel: /Choose one of .*done/,
		trials: [
			{
				...LISTS[2]!,
				wrong: { parameters: { filters: { status: 'finished' } } },
				right: { parameters: { filters: { status: 'done' } } },
			},
		],
	},
	{
		message: 'Whipscribe has no source "…"',
		page: 'The description lists the sources',
		panel: /Choose one of .*upload/,
		trials: [
			{
				...FROM_FILE[1]!,
				wrong: { options: { source: 'phone' } },
				right: { options: { source: 'upload' } },
			},
		],
	},
	{
		message: 'The appliance has no preset with the ID …',
		page: 'The description lists the presets that exist',
		panel: new RegExp(`It has these: .*${UUID}`),
		trials: [
			{
				of: 'mediaScribe preset activate',
				wrong: { parameters: locator('presetId', UUID.replace('7c', '8d')) },
				right: { parameters: locator('presetId', UUID) },
				gives: { json: {} },
			},
		],
	},
];
