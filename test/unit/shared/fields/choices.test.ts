import { jobLabel } from '../../../../nodes/shared/fields/choices';

describe('what a job is recognized by in a list', () => {
	it.each([
		[
			{ id: '7', name: 'call.mp3', createdAt: '2026-11-22T11:58:31Z' },
			'call.mp3 · 2026-11-22 11:58',
		],
		[
			{ id: '7', name: 'call.mp3', seconds: 7384, language: 'de', status: 'done' },
			'call.mp3 · 2:03:04 · de · done',
		],
		[{ id: '7', createdAt: 1763812711, seconds: '59.4' }, '2025-11-22 11:58 · 0:59'],
		[{ id: '7', seconds: 0, status: 'queued' }, '7 · 0:00 · queued'],
		[{ id: 7, name: null, createdAt: 'soon', seconds: 'long', language: null }, '7'],
	])('is what the provider gives of name, date, length and language: %j', (job, label) => {
		expect(jobLabel(job)).toBe(label);
	});
});
