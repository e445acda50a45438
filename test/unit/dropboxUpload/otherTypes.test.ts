import { errorOf, inText } from '../harness';
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
const talk = fileEntry('talk.mp3');

describe('a reply of Dropbox with other types than documented', () => {
	it('gives the same file where numbers, true and false came as text', async () => {
		const { poll } = await begun(polling);
		expectChanges('cursor-0', [inText(talk)]);

		expect((await poll())?.map(({ json }) => json)).toEqual([OUTPUT]);
	});

	it.each(['true', 1, '1'])(
		'goes on where has_more is %j, and ends at its opposite',
		async (more) => {
			const { poll } = await begun(polling);
			expectChanges('cursor-0', [talk], more as never);
			expectChanges('cursor-0*', [fileEntry('late.mp3')], 'false' as never);

			expect(namesOf(await poll())).toEqual(['talk.mp3', 'late.mp3']);
		},
	);

	it.each([false, 'false', 0, '0'])(
		'leaves out what cannot be downloaded: is_downloadable %j',
		async (is_downloadable) => {
			const { poll } = await begun(polling);
			expectChanges('cursor-0', [fileEntry('note.paper', { is_downloadable }), talk]);

			expect(namesOf(await poll())).toEqual(['talk.mp3']);
		},
	);

	it('passes over entries that are none', async () => {
		const { poll } = await begun(polling);
		expectChanges('cursor-0', [null, 'odd', [], {}, talk] as never);

		expect(namesOf(await poll())).toEqual(['talk.mp3']);
	});

	it.each(['2026-11-22T11:59:00Z', 1_795_348_740, '1795348740', 1_795_348_740_000])(
		'knows that a file of %j was there before the beginning',
		async (server_modified) => {
			const { poll } = await begun(polling);
			expectReset('cursor-0', [
				fileEntry('old.mp3', { server_modified: server_modified as never }),
			]);

			expect(await poll()).toBeNull();
		},
	);

	it.each([null, '', [], {}])('without a cursor, but %j, begins nothing', async (cursor) => {
		const one = trigger(polling);
		api()
			.post('/2/files/list_folder/get_latest_cursor')
			.times(6)
			.optionally()
			.reply(200, { cursor });

		const error = await errorOf(one.poll());

		expect(error.message).toContain('a reply without cursor');
		expectBeginning();
		expect(await one.poll()).toBeNull();
	});
});
