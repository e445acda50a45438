import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

import { binaryItem } from '../harness';
import { answering, runWith } from './advice';
import type { Advice, Followed, Setup, Stage } from './advice';
import { FROM_FILE } from './outputs';

const SOUND = Buffer.from('sound of speech');
const MP3 = { fileName: 'speech.mp3', mimeType: 'audio/mpeg' };

/** One item with a file of that name, type and contents. */
const given = (facts: object = MP3, bytes = SOUND): Setup => ({
	items: async () => [await binaryItem(bytes, { ...MP3, ...facts })],
});
const speech = given();

/** One item that says of its file what a node before it made up. */
const holding = (binary: object) => async () => [
	{ json: {}, binary: { data: binary as IBinaryData } },
];

/** A file that has so many bytes by what n8n knows of it. */
const ofSize = (fileSize: number): Setup => ({
	items: async () => {
		jest.spyOn(BinaryDataService.prototype, 'getMetadata').mockResolvedValueOnce({ fileSize });
		return [await binaryItem(SOUND, MP3)];
	},
});

/** Input for a node whose file the disk of n8n has no room for. */
async function onAFullDisk() {
	const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
	jest.spyOn(BinaryDataService.prototype, 'store').mockRejectedValueOnce(full);
	return [{ json: {} }];
}

/** Takes a transcript whose subtitles were refused, and fetches them as its error says. */
function exportsWhatIsMissing(of: string) {
	return async (stage: Stage): Promise<Followed> => {
		stage.meddle = answering(/format=srt/, 404, {});
		const [item] = await runWith(stage, of, { parameters: { files: ['srt', 'vtt'] } });
		stage.meddle = () => undefined;
		const { message } = item!.json.error as { message: string };
		const id = / with the ID (\S+):/.exec(message)?.[1];
		const locator = { __rl: true, mode: 'id', value: id };
		const [provider = '', resource = ''] = of.split(' ');
		const field = provider === 'scriptivox' ? 'transcriptionId' : 'jobId';
		const output = await runWith(stage, `${provider} ${resource} export`, {
			parameters: { [field]: locator },
		});
		const expected = [{ binary: { data: { fileSize: '13 B' } } }];
		return { message, description: '', output, expected };
	};
}

/** Files that cannot be sent, or did not arrive. */
export const files: Advice[] = [
	{
		message: 'Input Binary Field is empty',
		page: 'Enter the name of the field with the file, usually `data`',
		panel: /Enter the name of the field that holds the file, such as data/,
		trials: FROM_FILE.map((trial) => ({
			...trial,
			wrong: { parameters: { binaryPropertyName: '' } },
			right: { parameters: { binaryPropertyName: 'data' } },
		})),
	},
	{
		message: 'The item has no file in the field "…"',
		page: 'Enter one of them',
		panel: /\bdata\b/,
		trials: FROM_FILE.map((trial) => ({
			...trial,
			wrong: { parameters: { binaryPropertyName: 'file' } },
			right: { parameters: { binaryPropertyName: 'data' } },
		})),
	},
	{
		message: 'The item holds no file, so none in the field "…"',
		page: 'The node before output no file',
		panel: /file/,
		trials: FROM_FILE.map((trial) => ({
			...trial,
			wrong: { items: async () => [{ json: { name: 'speech.mp3' } }] },
			right: speech,
		})),
	},
	{
		message: 'The file "…" has no contents',
		page: "`await this.helpers.prepareBinaryData(bytes, 'talk.mp3')`",
		panel: /this\.helpers\.prepareBinaryData/,
		trials: FROM_FILE.map((trial) => ({
			...trial,
			wrong: { items: holding({ ...MP3, data: SOUND as unknown as string }) },
			right: speech,
		})),
	},
	{
		message: 'The file "…" is empty',
		page: 'before a download or copy was finished',
		panel: /Check the node that reads it/,
		trials: FROM_FILE.map((trial) => ({
			...trial,
			wrong: given(MP3, Buffer.alloc(0)),
			right: speech,
		})),
	},
	{
		message: 'The file "…" is larger than … takes',
		page: 'Split or compress it',
		panel: /the most is \d+. Split or compress it/,
		trials: [FROM_FILE[0]!, FROM_FILE[3]!].map((trial) => ({
			...trial,
			wrong: ofSize(5 * 1024 ** 3 + 1),
			right: speech,
		})),
	},
	{
		message: 'The file "…" has no extension, which … needs',
		page: 'add the extension in the node that reads the file',
		panel: /It takes these kinds of file: .*mp3/,
		trials: FROM_FILE.slice(0, 3).map((trial) => ({
			...trial,
			wrong: given({ fileName: 'speech', mimeType: 'application/octet-stream' }),
			right: given({ fileName: 'speech.mp3', mimeType: 'application/octet-stream' }),
		})),
	},
	{
		message: '… does not take .… files: "…"',
		page: 'Convert the file',
		panel: /It takes these kinds of file: .*mp3/,
		trials: FROM_FILE.slice(0, 3).map((trial) => ({
			...trial,
			wrong: given({ fileName: 'error.html', mimeType: 'text/html' }),
			right: speech,
		})),
	},
	{
		message: 'Scripe does not take files of the type "…": "…"',
		page: 'set the type in the node that reads it',
		panel: /The type is the one that the item gives for the file/,
		trials: [
			{
				...FROM_FILE[3]!,
				wrong: given({ fileName: 'speech', mimeType: 'application/zip' }),
				right: speech,
			},
		],
	},
	{
		message: 'n8n cannot read the file "…" from its storage',
		page: 'Read the file again',
		panel: /read it again, then run the node again/,
		trials: FROM_FILE.map((trial) => ({
			...trial,
			wrong: {
				items: holding({
					...MP3,
					data: 'filesystem-v2',
					id: 'filesystem-v2:workflows/1/executions/1/binary_data/gone',
				}),
			},
			right: speech,
		})),
	},
	{
		message: 'n8n cannot store the file "…"',
		page: 'Free disk space (`ENOSPC`, `EDQUOT`) or let n8n write there',
		panel: /Make room on its disk and let n8n write there, then run the node again/,
		trials: ['scriptivox transcription', 'whipscribe job', 'transcripton job'].map((of) => ({
			of: `${of} export`,
			wrong: { items: onAFullDisk },
			right: { items: async () => [{ json: {} }] },
			gives: { binary: { data: {} } },
		})),
	},
	{
		message: 'Files are missing (…); use … with the ID …',
		page: "download the missing ones with *Export* and the job's ID",
		panel: /use (Job|Transcription): Export with the ID [-0-9a-f]{36}/,
		trials: FROM_FILE.slice(0, 3).map(({ of }) => ({ of, follow: exportsWhatIsMissing(of) })),
	},
	{
		message: 'The file "…" could not be uploaded: …',
		page: 'Check the connection',
		panel: /Nothing was charged for it. Check the connection, then run the node again/,
		trials: [FROM_FILE[0]!, FROM_FILE[3]!].flatMap((trial) => [
			{ ...trial, passing: answering(/^PUT/, 503, 'busy') },
			{
				...trial,
				passing: ({ call }: { call: string }) =>
					call.startsWith('PUT') ? ('reset' as const) : undefined,
			},
		]),
	},
];
