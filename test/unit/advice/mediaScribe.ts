import { UUID } from '../../everyOperation/operations';
import type { Advice, Meddle } from './advice';

const IDLE = { siteName: 'Hall', presets: [{ id: UUID, name: 'Council' }], hasNoSignal: false };

/** An appliance that does what it is told, from the state that it is in. */
function appliance(isRecording: boolean): Meddle {
	let records = isRecording;
	return ({ call, body }) => {
		if (call.startsWith('PUT')) records = body.includes('"start"');
		const recording = { recording: { position: 1, path: 'C:\\council.mp4' } };
		return { status: 200, body: { ...IDLE, ...(records && recording) } };
	};
}

/** An appliance that says yes, and whose state stays as it is. */
function stuck(isRecording: boolean): Meddle {
	const asItIs = appliance(isRecording);
	return (call) => (call.call.startsWith('PUT') ? { status: 200, body: {} } : asItIs(call));
}

const failing = { options: { failIfUnchanged: true } };

/** What one does about an appliance that does not change as it is told. */
export const mediaScribe: Advice[] = [
	{
		message: 'MediaScribe is recording already',
		page: 'Turn off *Fail If Unchanged* to continue anyway',
		panel: /Turn off Fail If Unchanged in the options/,
		trials: [
			{
				of: 'mediaScribe recording start',
				wrong: failing,
				right: { options: { failIfUnchanged: false } },
				always: appliance(true),
				gives: { json: { changed: false, state: 'recording' } },
			},
		],
	},
	{
		message: 'MediaScribe is not recording',
		page: 'Turn off *Fail If Unchanged* to continue anyway',
		panel: /Turn off Fail If Unchanged in the options/,
		trials: [
			{
				of: 'mediaScribe recording stop',
				wrong: failing,
				right: { options: { failIfUnchanged: false } },
				always: appliance(false),
				gives: { json: { changed: false, state: 'ready' } },
			},
		],
	},
	{
		message: 'MediaScribe accepted the request to …, but … after … seconds',
		page: 'Check its input signal, disk and messages',
		panel: /Look at the appliance: its input, its disk, its messages/,
		trials: [
			{
				of: 'mediaScribe recording start',
				passing: stuck(false),
				always: appliance(false),
				gives: { json: { changed: true, state: 'recording' } },
			},
			{
				of: 'mediaScribe recording stop',
				passing: stuck(true),
				always: appliance(true),
				gives: { json: { changed: true, state: 'ready' } },
			},
		],
	},
];
