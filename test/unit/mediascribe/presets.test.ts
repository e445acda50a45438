import { MediaScribe } from '../../../nodes/MediaScribe/MediaScribe.node';
import { errorOf, listSearch } from '../harness';
import {
	appliance,
	chosen,
	COUNCIL,
	credentials,
	expectPut,
	expectStatuses,
	IDLE,
	jsonOf,
	PRESS,
	RECORDING,
	run,
} from './support';

const activate = async (presetId: string) => await run('preset', 'activate', chosen(presetId));

describe('listing the presets', () => {
	const names = async (parameters: object) =>
		(await run('preset', 'getMany', { ...parameters })).map(({ json }) => json.name);

	it('gives one item a preset and marks the active one', async () => {
		expectStatuses(IDLE);

		const items = await run('preset', 'getMany');

		expect(items.map(({ json }) => json)).toEqual([
			{ id: COUNCIL, name: 'Council Chamber', active: true },
			{ id: PRESS, name: 'Press Room', active: false },
		]);
	});

	it('gives them as they are without Simplify', async () => {
		expectStatuses({ ...IDLE, presets: [{ id: PRESS, name: 'Press Room', extra: 1 }] });

		const items = await run('preset', 'getMany', { simplify: false });

		expect(items.map(({ json }) => json)).toEqual([{ id: PRESS, name: 'Press Room', extra: 1 }]);
	});

	it('gives as many as wanted', async () => {
		expectStatuses(IDLE, IDLE);

		expect(await names({ limit: 1 })).toEqual(['Council Chamber']);
		expect(await names({ limit: 1, returnAll: true })).toEqual(['Council Chamber', 'Press Room']);
	});

	it('gives nothing where there is none', async () => {
		expectStatuses({ ...IDLE, presets: null });

		expect(await run('preset', 'getMany')).toEqual([]);
	});

	it('sends nothing for a limit of 0', async () => {
		await expect(names({ limit: 0 })).rejects.toThrow('Limit must be a whole number above 0');
	});
});

describe('activating a preset', () => {
	it('puts its id and gives its name', async () => {
		expectStatuses(IDLE);
		expectPut('preset', { presetId: PRESS }).reply(204);

		expect(await jsonOf(activate(PRESS))).toEqual({
			changed: true,
			activePresetId: PRESS,
			activePresetName: 'Press Room',
		});
	});

	it('changes nothing where it is active already', async () => {
		expectStatuses(RECORDING);

		expect(await jsonOf(activate(COUNCIL))).toMatchObject({ changed: false });
	});

	it('explains that it cannot be done while the appliance records', async () => {
		expectStatuses(RECORDING);
		expectPut('preset', { presetId: PRESS }).reply(409);

		const error = await errorOf(activate(PRESS));

		expect(error.message).toBe(
			'MediaScribe refused the request to activate a preset: HTTP 409 [item 0]',
		);
		expect(error.description).toContain('while it runs');
		expect(error.description).toContain('Stop it first');
		expect(error.context).toMatchObject({ httpStatus: 409 });
	});

	it('is tried again after trouble, because doing it twice changes nothing', async () => {
		expectStatuses(IDLE);
		expectPut('preset', { presetId: PRESS }).reply(502);
		expectPut('preset', { presetId: PRESS }).reply(200, '');

		expect(await jsonOf(activate(PRESS))).toMatchObject({ changed: true });
	});

	it.each([
		['', 'Preset is empty'],
		['Press Room', 'Preset is not a MediaScribe ID'],
		[`${PRESS}/../status`, 'Preset is not a MediaScribe ID'],
	])('sends nothing for the id %j', async (id, message) => {
		await expect(activate(id)).rejects.toThrow(message);
	});
});

describe('the list of presets in the editor', () => {
	it('names each and marks the active one', async () => {
		expectStatuses(IDLE);

		const list = await listSearch({
			node: new MediaScribe(),
			credentials,
			method: 'searchPresets',
		});

		expect(list).toEqual({
			results: [
				{ name: 'Council Chamber · active', value: COUNCIL },
				{ name: 'Press Room', value: PRESS },
			],
		});
	});

	it('says why it is empty where the token is wrong', async () => {
		appliance().get('/api/control/status').reply(401);

		const search = listSearch({ node: new MediaScribe(), credentials, method: 'searchPresets' });

		await expect(search).rejects.toThrow('MediaScribe refused the request to read the status');
	});
});
