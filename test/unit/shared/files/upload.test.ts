import { rm } from 'node:fs/promises';

import { extensionOf } from '../../../../nodes/shared/files/fileName';
import { checkFile, uploadFileOf } from '../../../../nodes/shared/files/upload';
import type { FileRules } from '../../../../nodes/shared/files/upload';
import { binaryItem, bodyOf, errorOf, runNode, useBinaryStorage } from '../../harness';
import type { BinaryStorage } from '../../harness';
import { probe } from '../probe';

const RULES: FileRules = { provider: 'Probe', extensions: ['mp3', 'wav'], mostBytes: 1000 };

/** Looks at the item's file, opens it twice, and puts out what it saw. */
const look = probe(async (context, itemIndex) => {
	const file = await uploadFileOf(context, itemIndex, 'data');
	const { name, mimeType, size } = file;
	const contents = [await contentOf(await file.open()), await contentOf(await file.open())];
	return [{ json: { name, mimeType, size, contents } }];
});

async function contentOf(body: unknown): Promise<string> {
	return (Buffer.isBuffer(body) ? body : await bodyOf(body as never)).toString('utf8');
}

/** Checks a file by its name and size alone. */
async function check(name: string, size: number) {
	return await runNode({
		...probe(async (context, itemIndex) => {
			checkFile(context, itemIndex, { name, size }, RULES);
			return [];
		}),
	});
}

describe.each<BinaryStorage>(['filesystem', 'memory'])('an item’s file in %s', (storage) => {
	beforeAll(async () => await useBinaryStorage(storage));

	it('can be opened as often as it has to be sent', async () => {
		const item = await binaryItem(Buffer.from('Ton'), {
			fileName: 'Grüße.MP3',
			mimeType: 'audio/mpeg',
		});

		const [output] = await runNode({ ...look, items: [item] });

		expect(output!.json).toEqual({
			name: 'Grüße.MP3',
			mimeType: 'audio/mpeg',
			size: 3,
			contents: ['Ton', 'Ton'],
		});
	});

	it('has its exact size in bytes, not the rounded one that n8n shows', async () => {
		const item = await binaryItem(Buffer.alloc(1_234_567));

		const [output] = await runNode({ ...look, items: [item] });

		expect(output!.json.size).toBe(1_234_567);
	});

	it('is found in the data too, where the workflow keeps binaries there', async () => {
		const { binary } = await binaryItem(Buffer.from('Ton'), { fileName: 'a.mp3' });
		const items = [{ json: { data: { ...binary!.data } } }];

		const [output] = await runNode({ ...look, items, settings: { binaryMode: 'combined' } });

		expect(output!.json).toMatchObject({ name: 'a.mp3', contents: ['Ton', 'Ton'] });
	});

	it('gets a name from its kind where it has none', async () => {
		const item = await binaryItem(Buffer.from('x'), { mimeType: 'audio/wav' });
		item.binary!.data!.fileExtension = 'wav';

		const [output] = await runNode({ ...look, items: [item] });

		expect(output!.json.name).toBe('file.wav');
	});
});

describe('an item without its file', () => {
	it('says which field is missing, and of which item', async () => {
		const error = await errorOf(runNode({ ...look, items: [{ json: {} }] }));

		expect(error.message).toMatch(/data.*item 0/);
		expect(error.description).toBe(
			'Check the node before: it has to give a binary file. A node in between may have dropped it.',
		);
	});

	it('says so where the name of the field is empty', async () => {
		const nameless = probe(async (context, itemIndex) => {
			await uploadFileOf(context, itemIndex, '');
			return [];
		});

		const error = await errorOf(runNode(nameless));

		expect(error.message).toBe('Input Binary Field is empty [item 0]');
		expect(error.description).toBe(
			'Enter the name of the field that holds the file, such as data.',
		);
	});

	it('says so where n8n has lost the file', async () => {
		await useBinaryStorage('filesystem');
		const item = await binaryItem(Buffer.from('x'));
		item.binary!.data!.id = 'filesystem-v2:workflows/gone/executions/1/binary_data/gone';

		const error = await errorOf(runNode({ ...look, items: [item] }));

		expect(error.message).toBe('n8n cannot read the file "speech.mp3" from its storage [item 0]');
		expect(error.description).toContain('File not found');
	});

	it('says so where the file goes while it is being sent', async () => {
		await useBinaryStorage('filesystem');
		const item = await binaryItem(Buffer.from('x'));
		const losing = probe(async (context, itemIndex) => {
			const file = await uploadFileOf(context, itemIndex, 'data');
			await rm(context.helpers.getBinaryPath(item.binary!.data!.id!));
			await file.open();
			return [];
		});

		const error = await errorOf(runNode({ ...losing, items: [item] }));

		expect(error.message).toContain('n8n cannot read the file "speech.mp3"');
	});
});

describe('the check of a file', () => {
	it.each([
		['a.mp3', 1],
		['a.MP3', 1000],
		['a.b.Wav', 500],
		['-rf.mp3', 1],
		['🎧 "Grüße".wav', 1],
	])('lets %j with %d bytes pass', async (name, size) => {
		expect(await check(name, size)).toEqual([]);
	});

	it.each([
		['notes.txt', 'Probe does not take .txt files: "notes.txt"'],
		['a.mp3.exe', 'Probe does not take .exe files: "a.mp3.exe"'],
		['mp3', 'The file "mp3" has no extension, which Probe needs'],
		['folder.mp3/file', 'The file "folder.mp3/file" has no extension, which Probe needs'],
		['a.', 'The file "a." has no extension, which Probe needs'],
		['', 'The file "" has no extension, which Probe needs'],
	])('refuses %j', async (name, message) => {
		const error = await errorOf(check(name, 1));

		expect(error.message).toBe(`${message} [item 0]`);
		expect(error.description).toBe(
			'It takes these kinds of file: mp3, wav. Convert the file, or give it its extension in the node that reads it.',
		);
	});

	it.each([
		['two\nlines\u001b[2J.txt', '"two lines [2J.txt"'],
		['ENOTFOUND.txt', '"ENOTFOUND.txt"'],
	])('names the file %j on one line, whatever its name holds', async (name, shown) => {
		await expect(check(name, 1)).rejects.toThrow(
			`Probe does not take .txt files: ${shown} [item 0]`,
		);
	});

	it('refuses an empty file', async () => {
		const error = await errorOf(check('a.mp3', 0));

		expect(error.message).toBe('The file "a.mp3" is empty [item 0]');
		expect(error.description).toBe('Check the node that reads it: it gave no bytes.');
	});

	it('refuses a file with one byte too many', async () => {
		const error = await errorOf(check('a.mp3', 1001));

		expect(error.message).toBe('The file "a.mp3" is larger than Probe takes [item 0]');
		expect(error.description).toContain('1001 bytes; the most is 1000');
	});
});

it.each([
	['a.mp3', 'mp3'],
	['A.MP3', 'mp3'],
	['a.b.c', 'c'],
	['.mp3', 'mp3'],
	['none', ''],
	['dir.x/none', ''],
	['dir.x\\none', ''],
	['', ''],
])('the extension of %j is %j', (name, extension) => {
	expect(extensionOf(name)).toBe(extension);
});
