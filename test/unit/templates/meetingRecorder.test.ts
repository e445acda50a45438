import { DateTime } from 'luxon';
import { runCode, ZONE, type Rows } from './codeNode';

const template = 'meeting-recorder';
const MINUTE = 60_000;
const settings = { minutesBefore: 0, minutesAfter: 0, checkMinutesBefore: 10, preset: '' };

const from = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();

/** A meeting of the table; times are minutes from now. */
const meeting = (id: number, start: number, end: number, details: object = {}) => ({
	id,
	name: `Meeting ${id}`,
	start: from(start),
	end: from(end),
	...details,
});

const idle = { state: 'ready' };
const recordingFor = (minutes: number, details: object = {}) => ({
	state: 'recording',
	positionSeconds: minutes * 60,
	...details,
});

async function decide(meetings: Rows, status: Record<string, unknown>, changed: object = {}) {
	const others = { Settings: [{ ...settings, ...changed }], 'Open Meetings': meetings };
	const given = await runCode(template, 'What to Do', [status], others);
	return given.map(({ json }) => json);
}

const recorded = (startingMinutesAgo: number, details: object = {}) => ({
	state: 'recording',
	startingAt: Date.now() - startingMinutesAgo * MINUTE,
	...details,
});

describe('what the meeting recorder decides', () => {
	it('starts one recording for meetings that begin at once, and none before its time', async () => {
		const meetings = [meeting(1, -1, 10), meeting(2, -1, 20), meeting(3, 5, 20)];

		expect(await decide(meetings, idle)).toEqual([{ action: 'start', id: 1 }]);
	});

	it('starts a meeting whose start has failed after those that have not been tried', async () => {
		const failed = (minutes: number) => ({ startingAt: Date.now() - minutes * MINUTE });
		const tried = [meeting(1, -5, 10, failed(2)), meeting(2, -5, 10, failed(4))];

		expect(await decide([...tried, meeting(3, -1, 10)], idle)).toEqual([
			{ action: 'start', id: 3 },
		]);
		expect(await decide(tried, idle)).toEqual([{ action: 'start', id: 2 }]);
	});

	it('counts the minutes before and after', async () => {
		const soon = [meeting(1, 2, 10)];
		const over = [meeting(1, -60, -1, recorded(60, { path: 'a' }))];
		const status = recordingFor(60, { path: 'a' });

		expect(await decide(soon, idle, { minutesBefore: 3 })).toEqual([{ action: 'start', id: 1 }]);
		expect(await decide(over, status, { minutesAfter: 3 })).toEqual([]);
		expect(await decide(over, status)).toEqual([{ action: 'stop', id: 1, path: 'a' }]);
	});

	it('starts nothing while another start is under way', async () => {
		const starting = { state: 'starting', startingAt: Date.now() - MINUTE };

		expect(await decide([meeting(1, -1, 9, starting), meeting(2, -1, 9)], idle)).toEqual([]);
	});

	it('starts again what was being started when n8n ended, once that has taken too long', async () => {
		const starting = { state: 'starting', startingAt: Date.now() - 4 * MINUTE };

		expect(await decide([meeting(1, -5, 9, starting)], idle)).toEqual([{ action: 'start', id: 1 }]);
	});

	it('takes a recording for its own that began with a start that n8n did not live to note', async () => {
		const startingAt = Date.now() - MINUTE;
		const starting = meeting(1, -2, 9, { state: 'starting', startingAt });

		expect(await decide([starting], recordingFor(0.9, { path: 'a' }))).toEqual([
			{ action: 'note', id: 1, state: 'recording', path: 'a', startingAt, outcome: '' },
		]);
	});

	it('leaves to a person what that person had begun before', async () => {
		const [decision] = await decide([meeting(1, -1, 9)], recordingFor(30, { path: 'a' }));

		expect(decision).toMatchObject({ action: 'note', id: 1, state: 'byHand' });
	});

	it.each([
		['byHand', 'recorded by hand', 1],
		['', 'not recorded', 2],
		['starting', 'not recorded', 2],
	])(
		'closes a meeting that is over and was in the state "%s": %s',
		async (state, outcome, many) => {
			const over = meeting(1, -60, -10, { state, startingAt: Date.now() - 59 * MINUTE });

			const decisions = await decide([over], idle);

			expect(decisions[0]).toMatchObject({ action: 'note', id: 1, state: 'done', outcome });
			expect(decisions).toHaveLength(many);
		},
	);

	it('closes a recording that somebody ended at the appliance, and tells of it', async () => {
		const decisions = await decide([meeting(1, -5, 9, recorded(5, { path: 'a' }))], idle);

		expect(decisions).toEqual([
			expect.objectContaining({ action: 'note', state: 'done', outcome: 'ended at the appliance' }),
			expect.objectContaining({
				action: 'tell',
				text: 'Meeting 1: the recording was ended at the appliance.',
			}),
		]);
	});

	it('keeps what a row holds when it notes something else', async () => {
		const startingAt = Date.now() - 30 * MINUTE;
		const kept = { path: 'C:\\a.mp4', startingAt, outcome: 'There is no preset' };
		const over = meeting(1, -60, 9, { state: '', ...kept });

		const [decision] = await decide([over], recordingFor(40, { path: 'b' }));

		expect(decision).toEqual({ action: 'note', id: 1, state: 'byHand', ...kept });
	});

	describe.each<[string, { path?: string | null }]>([
		['names the file', { path: 'C:\\a.mp4' }],
		['names no file', {}],
		['names an empty one', { path: '' }],
		['names none, and not since when', { path: null }],
	])('where the appliance %s', (_what, named) => {
		const path = named.path ?? '';
		const status = (minutes: number) => recordingFor(minutes, named);

		it('shares a recording with a meeting that begins, and goes on when the first is over', async () => {
			const first = meeting(1, -30, 5, recorded(30, { path }));
			const [shared] = await decide([first, meeting(2, -1, 60)], status(30));

			expect(shared).toMatchObject({ action: 'note', id: 2, state: 'recording', path });

			const over = { ...first, end: from(-1) };
			const second = { ...meeting(2, -10, 60), ...shared };
			expect(await decide([over, second], status(36))).toEqual([]);
		});

		it('stops when the last of those that share it is over', async () => {
			const first = meeting(1, -90, -30, recorded(90, { path }));
			const second = meeting(2, -60, -1, recorded(90, { path }));

			expect(await decide([first, second], status(90))).toEqual([{ action: 'stop', id: 1, path }]);
		});
	});

	it('takes a recording that began later than its own for one of a person', async () => {
		const decisions = await decide([meeting(1, -60, 9, recorded(60))], recordingFor(10));

		expect(decisions[0]).toMatchObject({ state: 'done', outcome: 'ended at the appliance' });
	});

	describe.each([
		['no end', { end: null }],
		['an empty start', { start: '' }],
		['a start that is no time', { start: 'tomorrow' }],
		['neither', { start: undefined, end: undefined }],
	])('about a meeting with %s', (_what, times) => {
		const broken = { ...meeting(1, -5, 10), ...times };

		it('tells it, once', async () => {
			const [told, ...others] = await decide([broken], idle);

			expect(told).toMatchObject({
				action: 'tell',
				id: 1,
				text: 'Meeting 1: its start or its end cannot be read. Enter both in the Data Table.',
			});
			expect(others).toEqual([]);
			expect(await decide([{ ...broken, told: told!.told }], idle)).toEqual([]);
		});

		it('lets its recording go on', async () => {
			const running = { ...broken, ...recorded(5, { path: 'a' }), told: 'times' };

			expect(await decide([running], recordingFor(5, { path: 'a' }))).toEqual([]);
		});

		it('keeps the others as they are', async () => {
			const decisions = await decide([{ ...broken, told: 'times' }, meeting(2, -1, 9)], idle);

			expect(decisions).toEqual([{ action: 'start', id: 2 }]);
		});
	});

	it.each([
		['no signal', { ...idle, hasNoSignal: true }, 'MediaScribe has no signal at its input.'],
		['an input error', { ...idle, inputError: 'SDI' }, 'MediaScribe says of its input: SDI'],
		['an appliance that is away', { error: 'No answer' }, 'No answer'],
	])('tells of %s, once, while there is time to mend it', async (_what, status, text) => {
		const soon = meeting(1, 9, 60);
		const decisions = await decide([soon, meeting(2, 11, 60)], status);

		expect(decisions).toEqual([
			{
				action: 'tell',
				id: 1,
				told: expect.any(String),
				text: `Meeting 1: ${text}`,
			},
		]);
		expect(await decide([{ ...soon, told: decisions[0]!.told }], status)).toEqual([]);
	});

	it('decides nothing that it cannot see while the appliance is away', async () => {
		const running = meeting(1, -5, 9, recorded(5, { path: 'a', told: 'unreachable' }));

		expect(
			await decide([running, meeting(2, -1, 9, { told: 'unreachable' })], { error: 'x' }),
		).toEqual([]);
	});

	it('calls nobody in the chat by a name of a meeting', async () => {
		const named = meeting(1, 5, 9, { name: '<!channel> R&D' });
		const [told] = await decide([named], { ...idle, hasNoSignal: true });

		expect(told!.text).toBe('&lt;!channel&gt; R&amp;D: MediaScribe has no signal at its input.');
	});
});

describe('a meeting that is added', () => {
	const add = async (...given: Rows) => {
		const items = await runCode(
			template,
			'Meeting',
			given.map(() => ({})),
			{ Settings: given },
		);
		return items.map(({ json }) => json);
	};
	const today = DateTime.now().setZone(ZONE);

	it("has the form's times in the workflow's time zone", async () => {
		const [added] = await add({
			meeting: ' Council ',
			date: '2099-07-01',
			from: ' 9:30',
			to: '11:00 ',
			meetingPreset: ' Hall ',
		});

		expect(added).toEqual({
			name: 'Council',
			start: '2099-07-01T07:30:00.000Z',
			end: '2099-07-01T09:00:00.000Z',
			preset: 'Hall',
			isToCome: true,
			title: 'Council will be recorded',
			message: 'Wednesday 1 July 2099, 09:30 to 11:00',
		});
	});

	it.each([
		['hours in words', { from: 'ten' }],
		['no hours', { from: undefined }],
		['an end before its start', { from: '12:00', to: '11:00' }],
		['an end that is over', { date: today.minus({ days: 1 }).toISODate() }],
		['a day that there is not', { date: '2099-02-31' }],
	])('is refused with %s', async (_what, changed) => {
		const [added] = await add({
			meeting: 'x',
			date: '2099-07-01',
			from: '9:00',
			to: '10:00',
			...changed,
		});

		expect(added).toMatchObject({ isToCome: false, title: 'These times do not make a meeting' });
	});

	it('comes from a calendar too, several at once, those of a whole day left out', async () => {
		const [start, end] = ['2099-07-01T07:30:00+02:00', '2099-07-01T08:00:00+02:00'];
		const added = await add(
			{ summary: 'Standup', start: { dateTime: start }, end: { dateTime: end } },
			{ summary: 'Holiday', start: { date: '2099-07-01' }, end: { date: '2099-07-02' } },
			{ start: { dateTime: start }, end: { dateTime: end } },
		);

		expect(added.map(({ name, isToCome }) => [name, isToCome])).toEqual([
			['Standup', true],
			['Holiday', false],
			['Meeting', true],
		]);
		expect(added[0]).toMatchObject({ start, end, preset: '' });
	});
});

describe('the preset of a meeting', () => {
	const presets = [
		{ id: 'p1', name: 'Hall' },
		{ id: 'p2', name: 'Press Room' },
	];
	const chosen = async (wanted: string | null, byDefault = '', given: Rows = presets) => {
		const others = { 'Note Intent': [{ preset: wanted }], Settings: [{ preset: byDefault }] };
		return (await runCode(template, 'Which Preset', given, others))[0]!.json;
	};

	it.each([
		['its name', 'Press Room', '', 'p2'],
		['its ID', 'p1', 'Press Room', 'p1'],
		['the settings', null, 'Hall', 'p1'],
		['nothing, which keeps the active one', '', '', ''],
	])('is found by %s', async (_what, wanted, byDefault, presetId) => {
		expect(await chosen(wanted, byDefault)).toEqual({ presetId, problem: '' });
	});

	it('says that there is none of that name, or that they could not be read', async () => {
		expect(await chosen('Attic')).toEqual({
			presetId: '',
			problem: 'There is no preset "Attic"; the active one was kept.',
		});
		expect(await chosen('Attic', '', [{}])).toMatchObject({ presetId: '' });
		expect((await chosen('Hall', '', [{ error: 'No answer' }])).problem).toBe(
			'The presets could not be read: No answer; the active one was kept.',
		);
		expect((await chosen('', '', [{ error: 'No answer' }])).problem).toBe('');
	});
});

describe('a start', () => {
	const came = async (given: Record<string, unknown>) => {
		const others = {
			'Note Intent': [{ id: 4, path: null, outcome: 'before' }],
			'Which Preset': [{ presetId: '', problem: 'There is no preset' }],
		};
		return (await runCode(template, 'What Came of It', [given], others))[0]!.json;
	};

	it.each([
		[
			'a recording',
			{ changed: true, path: 'a' },
			{ state: 'recording', path: 'a', outcome: 'There is no preset' },
		],
		[
			'a recording whose file is not named',
			{ changed: true },
			{ state: 'recording', path: '', outcome: 'There is no preset' },
		],
		[
			'one that a person had begun',
			{ changed: false, path: 'a' },
			{ state: 'byHand', path: '', outcome: 'before' },
		],
		['nothing', { error: 'Refused' }, { state: '', path: '', outcome: 'Refused' }],
		['no answer', { error: { message: 'Away' } }, { state: '', path: '', outcome: 'Away' }],
	])('came to %s', async (_what, given, columns) => {
		expect(await came(given)).toEqual({ id: 4, ...columns });
	});
});

describe('messages that the chat refused', () => {
	const messages = [
		{ id: 4, told: 'times ended', text: 'Ended' },
		{ id: 5, told: 'missed', text: 'Missed' },
		{ id: 4, told: 'times ended noSignal', text: 'No signal' },
	];
	/** The first messages are refused, each with its error. */
	const notSent = async (...errors: unknown[]) => {
		const given = errors.map((error) => ({ error }));
		const items = await runCode(template, 'Not Sent', given, { 'Has a Message URL': messages });
		return items.map(({ json }) => json);
	};

	it('are told again, and not what went out beside them', async () => {
		expect(await notSent({ message: 'Refused', description: 'no_text' })).toEqual([
			{ id: 4, told: 'times noSignal', reasons: 'Refused no_text' },
		]);
	});

	it('end the run with each of their reasons', async () => {
		const reasons = 'Away\nToo long';

		expect(await notSent('Away', 'Too long', 'Away')).toEqual([
			{ id: 4, told: 'times', reasons },
			{ id: 5, told: '', reasons },
		]);
	});
});
