import {
	expectStatuses,
	IDLE,
	jsonOf,
	RECORDING,
	run,
	SIMPLY_IDLE,
	SIMPLY_RECORDING,
} from './support';

const getStatus = async (parameters = {}) =>
	await jsonOf(run('recording', 'getStatus', parameters));

describe('reading the status', () => {
	it.each([
		['ready', IDLE, SIMPLY_IDLE],
		['recording', RECORDING, SIMPLY_RECORDING],
		[
			'without a signal',
			{ ...IDLE, hasNoSignal: true, inputError: 'No video' },
			{ ...SIMPLY_IDLE, state: 'noSignal', hasNoSignal: true, inputError: 'No video' },
		],
		[
			'recording without a signal',
			{ ...RECORDING, hasNoSignal: true },
			{ ...SIMPLY_RECORDING, hasNoSignal: true },
		],
	])('tells that the appliance is %s', async (_state, wire, simple) => {
		expectStatuses(wire);

		expect(await getStatus()).toEqual(simple);
	});

	it('gives the reply as it is without Simplify', async () => {
		expectStatuses({ ...RECORDING, somethingNew: 1 });

		expect(await getStatus({ simplify: false })).toEqual({ ...RECORDING, somethingNew: 1 });
	});

	it('takes nulls where the appliance may leave something out', async () => {
		expectStatuses({
			siteName: null,
			presets: null,
			activePresetId: null,
			hasNoSignal: null,
			inputError: null,
			recording: null,
		});

		expect(await getStatus()).toEqual({
			...SIMPLY_IDLE,
			hasNoSignal: null,
			siteName: null,
			activePresetId: null,
			activePresetName: null,
		});
	});

	it('takes a recording of which nothing is said, and an active preset that is not listed', async () => {
		expectStatuses({ presets: [], activePresetId: 'gone', recording: {} });

		expect(await getStatus()).toMatchObject({
			state: 'recording',
			positionSeconds: null,
			path: null,
			activePresetId: 'gone',
			activePresetName: null,
		});
	});
});
