import type { DataTableRow } from '../../../dev/n8n/types';
import { type Chat, startChat } from '../../rig/hosts/chat';
import { sendForm } from '../../rig/workflows/forms';
import { Gallery } from '../../rig/templates/gallery';
import { errorsOf } from '../../rig/workflows/workflows';
import { until } from '../../rig/basics/until';

const tableName = 'Meeting recorder';
const secondsBetween = { 'Every Minute': 3 };

describe('the template meeting-recorder', () => {
	let gallery: Gallery;
	let chat: Chat;
	let workflowId: string;

	beforeAll(async () => {
		chat = await startChat();
		gallery = await Gallery.start();
		workflowId = await gallery.publishTemplate('meeting-recorder', {
			settings: { messageUrl: chat.url },
			secondsBetween,
		});
		await until('the table is made', async () => {
			return (await gallery.n8n.client.tables.named(tableName)) !== undefined;
		});
	});

	afterAll(async () => {
		await gallery.stop();
		await chat.stop();
	});

	beforeEach(async () => {
		await forgetMeetings();
		gallery.simulator.mediascribe.reset();
		chat.texts.length = 0;
	});

	/** Those of an earlier test would be recorded beside those of the next. */
	async function forgetMeetings(): Promise<void> {
		const { tables } = gallery.n8n.client;
		const table = (await tables.named(tableName))!;
		for (const { id } of await tables.rows(table.id)) await tables.deleteRows(table.id, 'id', id);
	}

	/** Puts a meeting into the table, as its user does by hand; times are seconds from now. */
	async function addMeeting(
		name: string,
		startsIn: number,
		endsIn: number,
		details: Record<string, string | number> = {},
	): Promise<void> {
		const { client } = gallery.n8n;
		const table = (await client.tables.named(tableName))!;
		const [start, end] = [startsIn, endsIn].map((seconds) =>
			new Date(Date.now() + seconds * 1000).toISOString(),
		);
		await client.tables.insertRows(table.id, [{ name, start: start!, end: end!, ...details }]);
	}

	async function meeting(name: string): Promise<DataTableRow | undefined> {
		return (await gallery.rows(tableName)).find((row) => row.name === name);
	}

	async function untilState(name: string, state: string): Promise<DataTableRow> {
		await until(`${name} is ${state}`, async () => (await meeting(name))?.state === state);
		return (await meeting(name))!;
	}

	/** Waits until the workflow has looked at the meetings so many times more. */
	async function untilLooks(count: number): Promise<void> {
		const newest = async () =>
			Number((await gallery.n8n.client.executions.newest(workflowId))[0]?.id ?? 0);
		const first = await newest();
		await until(`${count} more looks`, async () => (await newest()) >= first + count + 1);
	}

	const toldOf = (name: string) => chat.texts.filter((text) => text.startsWith(`${name}: `));

	const recordings = () => gallery.simulator.mediascribe.statistics().recordings;

	it('records a meeting that was added with its form, with the preset of that meeting', async () => {
		const { n8n, simulator } = gallery;
		const { nodes } = (await n8n.client.workflow(workflowId)) as unknown as {
			nodes: Array<{ name: string; webhookId: string }>;
		};
		const { webhookId } = nodes.find(({ name }) => name === 'Add a Meeting')!;
		const today = new Date().toISOString().slice(0, 10);

		const refused = await sendForm(n8n, webhookId, {
			Name: 'No meeting',
			Date: today,
			From: 'ten',
			To: '23:59',
		});
		const kept = await sendForm(n8n, webhookId, {
			Name: 'Council',
			Date: today,
			From: '0:00',
			To: '23:59',
			Preset: 'Press Room',
		});

		expect(refused.title).toBe('These times do not make a meeting');
		expect(kept.title).toBe('Council will be recorded');
		await untilState('Council', 'recording');
		expect(simulator.mediascribe.status().activePresetId).toBe(
			simulator.mediascribe.settings.presets.find(({ name }) => name === 'Press Room')!.id,
		);
		expect(await meeting('No meeting')).toBeUndefined();

		simulator.mediascribe.stopRecording();
		await untilState('Council', 'done');
		await until('somebody is told', () => chat.texts.length > 0);
		expect(chat.texts).toEqual(['Council: the recording was ended at the appliance.']);
		expect(recordings()).toEqual({ started: 1, stopped: 1 });
	});

	it('stops at the end of a meeting that began before n8n was killed', async () => {
		await addMeeting('Board', 0, 10);
		await untilState('Board', 'recording');

		await gallery.crash();

		expect((await untilState('Board', 'done')).outcome).toBe('recorded');
		expect(recordings()).toEqual({ started: 1, stopped: 1 });
	});

	it('takes a recording for its own that it began just before n8n was killed', async () => {
		gallery.simulator.mediascribe.start();
		await addMeeting('Budget', 0, 8, { state: 'starting', startingAt: Date.now() - 1000 });

		expect((await untilState('Budget', 'done')).outcome).toBe('recorded');
		expect(recordings()).toEqual({ started: 1, stopped: 1 });
	});

	it('records meetings that overlap in one piece, and one that follows in another', async () => {
		await addMeeting('First', 0, 8);
		await addMeeting('Second', 0, 14);
		await addMeeting('Third', 14, 20);

		const rows = [];
		for (const name of ['First', 'Second', 'Third']) rows.push(await untilState(name, 'done'));

		expect(rows.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
		expect(rows[1]!.path).toBe(rows[0]!.path);
		expect(rows[2]!.path).not.toBe(rows[0]!.path);
		expect(recordings()).toEqual({ started: 2, stopped: 2 });
	});

	it('never stops a recording that a person started', async () => {
		gallery.simulator.mediascribe.start();
		await addMeeting('By hand', 0, 6);

		expect((await untilState('By hand', 'done')).outcome).toBe('recorded by hand');
		await untilLooks(2);
		expect(recordings()).toEqual({ started: 1, stopped: 0 });
		expect(chat.texts).toEqual([]);
	});

	it('starts a recording of its own when the person ends theirs before the meeting does', async () => {
		gallery.simulator.mediascribe.start();
		await addMeeting('Half by hand', 0, 600);
		await untilState('Half by hand', 'byHand');

		gallery.simulator.mediascribe.stopRecording();

		await untilState('Half by hand', 'recording');
		expect(recordings()).toEqual({ started: 2, stopped: 1 });
	});

	it('tells that there is no signal once for each meeting, also where the chat refuses at first', async () => {
		gallery.simulator.mediascribe.configure({ hasNoSignal: true });
		chat.refusals = 2;
		await addMeeting('Soon', 120, 600);
		await addMeeting('Later', 180, 600);
		await addMeeting('Much later', 3600, 7200);

		await until('both are told', () => chat.texts.length >= 2);
		await untilLooks(2);

		expect([...chat.texts].sort()).toEqual([
			'Later: MediaScribe has no signal at its input.',
			'Soon: MediaScribe has no signal at its input.',
		]);
		expect(recordings()).toEqual({ started: 0, stopped: 0 });
	});

	it('tries a start that failed again, and tells of it and of a preset that does not exist', async () => {
		for (const endpoint of ['PUT /api/control/status', 'PUT /api/control/recording']) {
			gallery.simulator.mediascribe.fail({ endpoint, kind: 'status', status: 403 });
		}
		await addMeeting('Hearing', 0, 600, { preset: 'Attic' });

		await untilState('Hearing', 'recording');
		await until('both are told', () => chat.texts.length >= 2);

		expect(chat.texts).toEqual([
			expect.stringMatching(/^Hearing: MediaScribe refused the request to /),
			'Hearing: There is no preset "Attic"; the active one was kept.',
		]);
		expect(recordings().started).toBe(1);
	});

	it('tells once that the appliance cannot be reached, and that a meeting was not recorded', async () => {
		gallery.simulator.mediascribe.fail({
			endpoint: 'GET /api/control/status',
			kind: 'status',
			status: 503,
			times: 1000,
		});
		await addMeeting('Lost', 0, 8);

		expect((await untilState('Lost', 'done')).outcome).toBe('not recorded');
		await until('it is told', () => chat.texts.some((text) => text.startsWith('Lost: it')));

		const told = chat.texts.filter((text) => text.startsWith('Lost'));
		expect(told).toEqual([
			expect.stringMatching(/^Lost: MediaScribe could not serve the request to /),
			'Lost: it was not recorded.',
		]);
	});

	it('sends a message that the chat refused again, and none that it took beside it', async () => {
		gallery.simulator.mediascribe.configure({ hasNoSignal: true });
		chat.refuses = ['no signal', 'no preset'];
		await addMeeting('Briefing', 0, 600, { preset: 'Attic' });

		await until('both are told', () => toldOf('Briefing').length >= 2);
		await untilLooks(2);

		expect(toldOf('Briefing').sort()).toEqual([
			'Briefing: MediaScribe has no signal at its input.',
			'Briefing: There is no preset "Attic"; the active one was kept.',
		]);
		expect(await errorsOf(gallery.n8n.client, workflowId)).toContain(
			'Messages could not be sent: 503 - "ok"',
		);
	});

	it('starts a meeting beside one whose start fails every time', async () => {
		gallery.simulator.mediascribe.fail({
			endpoint: 'PUT /api/control/preset',
			kind: 'status',
			status: 403,
			times: Infinity,
		});
		await addMeeting('In vain', 0, 600, { preset: 'Press Room' });
		await addMeeting('Beside it', 0, 600);

		await untilState('Beside it', 'recording');
		await until('the failed start is told', () => toldOf('In vain').length > 0);

		expect(toldOf('In vain')).toEqual([
			expect.stringMatching(/^In vain: MediaScribe refused the request to activate a preset/),
		]);
		expect(recordings().started).toBe(1);
	});

	it('tells of a stop that failed in each meeting that shares the recording', async () => {
		await addMeeting('Left', 0, 14);
		await addMeeting('Right', 0, 14);
		await untilState('Left', 'recording');
		await untilState('Right', 'recording');
		for (const endpoint of ['PUT /api/control/status', 'PUT /api/control/recording']) {
			gallery.simulator.mediascribe.fail({ endpoint, kind: 'status', status: 403 });
		}

		for (const name of ['Left', 'Right']) {
			expect((await untilState(name, 'done')).outcome).toBe('recorded');
			await until(`it is told of ${name}`, () => toldOf(name).length > 0);
			expect(toldOf(name)).toEqual([
				expect.stringMatching(/: MediaScribe refused the request to stop recording/),
			]);
		}
	});

	it('asks nothing of the appliance while no meeting is open', async () => {
		const { client } = gallery.n8n;
		await client.unpublishWorkflow(workflowId);
		const second = await gallery.publishTemplate('meeting-recorder', {
			settings: { meetingsTable: 'Meetings of another room' },
			secondsBetween,
		});
		gallery.simulator.mediascribe.reset();

		await until('it has looked', async () => (await client.executions.newest(second)).length >= 2);

		expect(gallery.simulator.mediascribe.statistics().requests).toEqual({});
	});
});
