import type { IDataObject } from 'n8n-workflow';

import { errorOf } from '../harness';
import {
	api,
	begun,
	expectBeginning,
	expectChanges,
	expectReset,
	fileEntry,
	namesOf,
	OUTPUT,
	trigger,
} from './support';

const polling = { receive: 'polling' };

describe('the beginning', () => {
	it('emits nothing of what is there', async () => {
		await begun(polling);
	});

	it.each([
		['/', { path: '', recursive: true }],
		['/Recordings/', { path: '/Recordings', recursive: true }],
		[' /Größe/2026 ', { path: '/Größe/2026', recursive: true }],
	])('asks for the folder %j as Dropbox writes it', async (value, folder) => {
		expectBeginning(folder);
		const one = trigger({ ...polling, folder: { __rl: true, mode: 'path', value } });

		expect(await one.poll()).toBeNull();
	});

	it('leaves the folders within out where that is wanted', async () => {
		expectBeginning({ path: '/Recordings', recursive: false });

		expect(await trigger({ ...polling, includeSubfolders: false }).poll()).toBeNull();
	});

	it.each([
		['', 'No folder is chosen'],
		['Recordings', 'The path of the folder has no slash in front'],
	])('is refused, without a request, for the folder %j', async (value, message) => {
		const one = trigger({ ...polling, folder: { __rl: true, mode: 'path', value } });

		const error = await errorOf(one.poll());

		expect(error.message).toBe(message);
		expect(error.description).toContain('/Recordings');
	});

	it('comes again for another folder', async () => {
		const { poll, staticData } = await begun(polling);
		expectBeginning({ path: '/Other', recursive: true });

		const folder = { __rl: true, mode: 'path', value: '/Other' };
		expect(await poll({ parameters: { ...polling, folder, download: 'none' } })).toBeNull();
		expect((staticData.folder as IDataObject).watch).toContain('/other');
	});
});

describe('a look at what changed', () => {
	it('emits a new file with all that Dropbox says of it', async () => {
		const { poll } = await begun(polling);
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);

		expect(await poll()).toEqual([{ json: OUTPUT }]);
	});

	it('reads on to the last page, and goes on from there', async () => {
		const { poll } = await begun(polling);
		expectChanges('cursor-0', [fileEntry('a.mp3')], true);
		expectChanges('cursor-0*', [fileEntry('b.mp3')]);

		expect(namesOf(await poll())).toEqual(['a.mp3', 'b.mp3']);
		expectChanges('cursor-0**', []);
		expect(await poll()).toBeNull();
	});

	it('leaves folders, deletions and what cannot be downloaded alone', async () => {
		const { poll } = await begun(polling);
		expectChanges('cursor-0', [
			{ '.tag': 'folder', name: 'new.mp3', id: 'id:folder', path_display: '/Recordings/new.mp3' },
			{ '.tag': 'deleted', name: 'gone.mp3', path_display: '/Recordings/gone.mp3' },
			fileEntry('sheet.mp3', { is_downloadable: false }),
		]);

		expect(await poll()).toBeNull();
	});

	it('emits a file again when its contents changed, and not when it was only moved', async () => {
		const { poll } = await begun(polling);
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);
		await poll();
		expectChanges('cursor-0*', [fileEntry('talk.mp3', { rev: 'rev-2', content_hash: 'hash-2' })]);
		expect((await poll())![0]!.json).toMatchObject({ rev: 'rev-2', contentHash: 'hash-2' });
		expectChanges('cursor-0**', [
			fileEntry('talk.mp3', { rev: 'rev-3', content_hash: 'hash-2', name: 'renamed.mp3' }),
		]);
		expect(await poll()).toBeNull();
	});

	it('tells a file without a content hash by its revision', async () => {
		const { poll } = await begun(polling);
		const bare = (rev: string) => fileEntry('talk.mp3', { content_hash: undefined, rev });
		expectChanges('cursor-0', [bare('1')]);
		expect(namesOf(await poll())).toEqual(['talk.mp3']);
		expectChanges('cursor-0*', [bare('1')]);
		expect(await poll()).toBeNull();
		expectChanges('cursor-0**', [bare('2')]);
		expect(namesOf(await poll())).toEqual(['talk.mp3']);
	});

	it('emits the oldest upload first', async () => {
		const { poll } = await begun(polling);
		expectChanges('cursor-0', [
			fileEntry('late.mp3', { server_modified: '2026-11-22T12:30:00Z' }),
			fileEntry('early.mp3', { server_modified: '2026-11-22T12:10:00Z' }),
		]);

		expect(namesOf(await poll())).toEqual(['early.mp3', 'late.mp3']);
	});

	it('finds the ending of a name that has a blank, or a dot, behind it', async () => {
		const { poll } = await begun({ ...polling, extensions: 'mp3' });
		const names = ['talk.mp3 ', 'talk.MP3\u00a0', 'talk.mp3.', 'talk.mp3%20'];
		expectChanges(
			'cursor-0',
			[...names, 'talk.mp4 '].map((name) => fileEntry(name)),
		);

		expect(namesOf(await poll())).toEqual(names);
	});

	it.each([
		['by default recordings', {}, ['TALK.MP3', 'film.mov']],
		['those with the endings chosen', { extensions: '.pdf; TXT' }, ['notes.txt']],
		[
			'all where no ending is chosen',
			{ extensions: ' ' },
			['TALK.MP3', 'film.mov', 'notes.txt', 'bare'],
		],
	])('emits %s', async (_what, parameters, expected) => {
		const { poll } = await begun({ ...polling, ...parameters });
		expectChanges(
			'cursor-0',
			['TALK.MP3', 'film.mov', 'notes.txt', 'bare'].map((name) => fileEntry(name)),
		);

		expect(namesOf(await poll())).toEqual(expected);
	});
});

describe('a cursor that Dropbox has forgotten', () => {
	it('has the folder listed anew, and only what is new emitted', async () => {
		const { poll } = await begun(polling);
		expectChanges('cursor-0', [fileEntry('known.mp3')]);
		await poll();
		expectReset('cursor-0*', [
			fileEntry('before.mp3', { server_modified: '2026-11-22T11:59:00Z' }),
			fileEntry('known.mp3'),
			fileEntry('missed.mp3'),
			fileEntry('known.mp3', { id: 'id:changed', content_hash: 'other' }),
		]);

		expect(namesOf(await poll())).toEqual(['missed.mp3', 'known.mp3']);
		expectChanges('cursor-new', []);
		expect(await poll()).toBeNull();
	});

	it('emits nothing twice, though only the last thousand contents are remembered', async () => {
		const { poll, staticData } = await begun(polling);
		const many = Array.from({ length: 1100 }, (_, number) =>
			fileEntry(`${number}.mp3`, {
				server_modified: new Date(Date.UTC(2026, 10, 22, 13, 0, number)).toISOString(),
			}),
		);
		for (let looks = 0; looks < 11; looks++) {
			expectChanges('cursor-0', many);
			expect(await poll()).toHaveLength(100);
		}
		expect((staticData.folder as { seen: unknown[] }).seen).toHaveLength(1000);
		expectReset('cursor-0*', [
			...many,
			fileEntry('new.mp3', { server_modified: '2026-11-22T14:00:00Z' }),
		]);

		// those of the last second that was forgotten may come again
		expect(namesOf(await poll())).toEqual(['98.mp3', '99.mp3', 'new.mp3']);
	});

	it('keeps the memory as it was where the listing fails', async () => {
		const { poll } = await begun(polling);
		api()
			.post('/2/files/list_folder/continue')
			.reply(409, { error_summary: 'reset/', error: { '.tag': 'reset' } });
		api().post('/2/files/list_folder').reply(409, { error_summary: 'path/not_found/', error: {} });
		await expect(poll()).rejects.toThrow('path/not_found');

		expectReset('cursor-0', [fileEntry('missed.mp3')]);
		expect(namesOf(await poll())).toEqual(['missed.mp3']);
	});
});

describe('with a webhook', () => {
	it('looks once when the workflow starts to listen, for what changed meanwhile', async () => {
		const { poll } = await begun();
		expectChanges('cursor-0', [fileEntry('meanwhile.mp3')]);

		expect(namesOf(await poll({}))).toEqual(['meanwhile.mp3']);
	});
});

describe('in the editor', () => {
	it('gives the newest file of the folder, and remembers nothing', async () => {
		const { poll, staticData } = trigger(polling);
		api()
			.post('/2/files/list_folder', { path: '/Recordings', recursive: true, limit: 2000 })
			.reply(200, {
				entries: [
					fileEntry('new.mp3', { server_modified: '2026-11-22T13:00:00Z' }),
					fileEntry('old.mp3'),
				],
				cursor: 'c',
				has_more: false,
			});

		expect(namesOf(await poll({ mode: 'manual' }))).toEqual(['new.mp3']);
		expect(staticData).toEqual({});
	});

	it('gives nothing of an empty folder', async () => {
		api().post('/2/files/list_folder').reply(200, { entries: [], cursor: 'c', has_more: false });

		expect(await trigger(polling).poll({ mode: 'manual' })).toBeNull();
	});
});
