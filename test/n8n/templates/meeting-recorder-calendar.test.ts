import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode } from 'n8n-workflow';
import { Gallery } from '../../rig/templates/gallery';
import { nodeOf } from '../../rig/workflows/workflows';
import { until } from '../../rig/basics/until';

const calendarId = 'meetings@example.com';
// n8n refuses a shorter time
const pollTimes = { item: [{ mode: 'everyMinute' }] };

/** An event as Google Calendar gives it; times are seconds from now. */
function eventOf(summary: string, startsIn: number, endsIn: number): object {
	const time = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
	return {
		id: summary.toLowerCase(),
		status: 'confirmed',
		summary,
		start: { dateTime: time(startsIn), timeZone: 'UTC' },
		end: { dateTime: time(endsIn), timeZone: 'UTC' },
	};
}

describe('the template meeting-recorder with a Google Calendar Trigger', () => {
	let gallery: Gallery;
	let google: Server;
	let events: object[] = [];

	beforeAll(async () => {
		google = createServer((_request, response) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ kind: 'calendar#events', items: events }));
		});
		await new Promise<void>((resolve) => google.listen(0, '127.0.0.1', resolve));
		const { port } = google.address() as AddressInfo;
		gallery = await Gallery.start({
			hosts: () => ({ 'www.googleapis.com': `http://127.0.0.1:${port}` }),
			credentials: () => [
				{
					name: 'Google Calendar',
					type: 'googleCalendarOAuth2Api',
					data: {
						clientId: 'client',
						clientSecret: 'secret',
						oauthTokenData: {
							access_token: 'token',
							refresh_token: 'refresh',
							token_type: 'Bearer',
						},
					},
				},
			],
		});
	});

	afterAll(async () => {
		await gallery.stop();
		google.closeAllConnections();
		await new Promise((resolve) => google.close(resolve));
	});

	async function calendarTrigger(): Promise<INode> {
		const [credential] = await gallery.n8n.client.credentials.ofType('googleCalendarOAuth2Api');
		return nodeOf(
			'When a Meeting Starts',
			'n8n-nodes-base.googleCalendarTrigger',
			{
				calendarId: { __rl: true, mode: 'id', value: calendarId },
				triggerOn: 'eventStarted',
				pollTimes,
			},
			{ googleCalendarOAuth2Api: credential! },
		);
	}

	it('records the events of the calendar, and leaves out those without times', async () => {
		const trigger = await calendarTrigger();
		const id = await gallery.publishTemplate('meeting-recorder', {
			secondsBetween: { 'Every Minute': 3 },
			edit: ({ nodes, connections }) => {
				nodes.push(trigger);
				connections['When a Meeting Starts'] = connections['Add a Meeting']!;
			},
		});
		const today = new Date().toISOString().slice(0, 10);
		const holiday = { id: 'h', summary: 'Holiday', start: { date: today }, end: { date: today } };
		events = [eventOf('Standup', 4, 600), eventOf('Retro', 4, 600), holiday];

		await until('both are recorded', async () => {
			const rows = await gallery.rows('Meeting recorder');
			return rows.length === 2 && rows.every(({ state }) => state === 'recording');
		});

		expect((await gallery.rows('Meeting recorder')).map(({ name }) => name).sort()).toEqual([
			'Retro',
			'Standup',
		]);
		expect(gallery.simulator.mediascribe.statistics().recordings.started).toBe(1);
		const executions = await gallery.n8n.client.executions.newest(id);
		expect(executions.filter(({ status }) => status === 'error')).toEqual([]);
	});
});
