import { MediaScribe } from '../../../nodes/MediaScribe/MediaScribe.node';
import { statusOf } from '../../../nodes/MediaScribe/status';
import { damaged, inText, listSearch } from '../harness';
import {
	credentials,
	expectStatuses,
	IDLE,
	jsonOf,
	RECORDING,
	run,
	SIMPLY_IDLE,
	SIMPLY_RECORDING,
} from './support';

describe('a status of MediaScribe with other types than documented', () => {
	it('gives the same where numbers, true and false came as text', async () => {
		expectStatuses(inText(IDLE), inText(RECORDING));

		expect(await jsonOf(run('recording', 'getStatus'))).toEqual(SIMPLY_IDLE);
		expect(await jsonOf(run('recording', 'getStatus'))).toEqual(SIMPLY_RECORDING);
	});

	it.each([
		['true', 'noSignal'],
		[1, 'noSignal'],
		['false', 'ready'],
		[0, 'ready'],
		[null, 'ready'],
	])('knows whether the signal is lost where it says %j', (hasNoSignal, state) => {
		expect(statusOf({ ...IDLE, hasNoSignal }).state).toBe(state);
	});

	it.each([null, [], '', false, undefined])(
		'is of an idle appliance where recording is %j',
		(recording) => {
			expect(statusOf({ ...IDLE, recording }).state).toBe('ready');
		},
	);

	it('finds the active preset where ids came as numbers', async () => {
		const presets = [{ id: 7, name: 8 }, { id: null }, null];
		expectStatuses({ ...IDLE, presets, activePresetId: '7' });

		const list = await listSearch({
			node: new MediaScribe(),
			credentials,
			method: 'searchPresets',
		});

		expect(list.results).toEqual([{ name: '8 · active', value: '7' }]);
	});

	it('is read whatever is null, absent or of another type in it', () => {
		for (const { reply } of damaged(RECORDING)) {
			const { state, positionSeconds } = statusOf(reply as never);

			expect(['ready', 'recording', 'noSignal']).toContain(state);
			expect(positionSeconds === null || Number.isFinite(positionSeconds)).toBe(true);
		}
	});
});
