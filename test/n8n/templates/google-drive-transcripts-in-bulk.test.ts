import { setTimeout as sleep } from 'node:timers/promises';
import { WatchedDrive } from '../../rig/templates/watchedDrive';
import { until } from '../../rig/basics/until';

const fileCount = 500;
const pictureCount = 50;
const mostAtOnce = 40;
// the trigger and the schedule may look at one moment, each before the other has taken its files
const mostByTwoLooks = 2;
// recordings between two looks whether it still goes on
const step = 50;
const lookAgainMs = 2000;

describe('the template google-drive-transcripts under load', () => {
	let folder: WatchedDrive;

	beforeAll(async () => {
		folder = await WatchedDrive.start();
	});
	beforeEach(() => folder.empty());
	afterEach(async () => await folder.unpublish());
	afterAll(async () => await folder.stop());

	it('pays for no file twice when n8n is killed in the middle', async () => {
		// uploads take from half a second to six
		folder.transcripton.configure({ stageSeconds: 3, bytesPerSecond: 20_000 });
		const names = Array.from({ length: 12 }, (_, index) =>
			index < 6 ? `killed-${index}-slow-20s.mp3` : `killed-${index}.mp3`,
		);
		const drop = (name: string, index: number) =>
			folder.drop(name, { bytes: Buffer.from(`ID3${name.padEnd(10_000 * (1 + index))}`) });
		const isAny = async (...states: string[]) =>
			(await folder.rows()).some(({ state }) => states.includes(String(state)));
		names.slice(0, 6).forEach(drop);
		await folder.publish({
			settings: { maxParallel: 12, leaseMinutes: 0.2, timeoutMinutes: 1 },
		});
		await until('jobs are under way', async () => await isAny('submitted'));
		names.slice(6).forEach((name, index) => drop(name, 6 + index));
		await until('files are being sent beside them', async () => {
			return (await isAny('submitted')) && (await isAny('sending', 'downloading'));
		});
		await folder.gallery.crash();
		folder.transcripton.configure({ stageSeconds: 0.05, bytesPerSecond: null });
		await until('all have ended', async () => {
			const left = (await folder.rows()).filter(
				({ state }) => !['done', 'lookAtIt'].includes(`${state}`),
			);
			return left.length === 0;
		});

		const { jobs, duplicatesByContent } = folder.transcripton.statistics();
		const ended = await folder.rows();
		const unsure = ended.filter(({ state }) => state === 'lookAtIt');
		expect(ended).toHaveLength(names.length);
		expect(duplicatesByContent).toBe(0);
		expect(jobs).toBeGreaterThanOrEqual(names.length - unsure.length);
		const reasons = ['STOPPED_WHILE_SENDING', 'MAY_HAVE_ARRIVED', 'ECONNRESET'];
		expect(unsure.filter(({ errorCode }) => !reasons.includes(String(errorCode)))).toEqual([]);
		const finished = ended.filter(({ state }) => state === 'done').map(({ name }) => String(name));
		await folder.untilMoved(...finished);
		const results = finished.flatMap((name) => [
			name.replace('.mp3', '.docx'),
			name.replace('.mp3', '.srt'),
		]);
		expect(folder.namesIn(folder.inbox)).toEqual(expect.arrayContaining(results));
	});

	it('works through 500 recordings at once, some at a time, and skips what is none', async () => {
		const numbers = Array.from({ length: fileCount }, (_, index) => index);
		for (const number of numbers) folder.drop(`many-${number}.mp3`);
		for (const number of numbers.slice(0, pictureCount)) {
			folder.drop(`many-${number}.jpg`, { mimeType: 'image/jpeg' });
		}
		await folder.publish({
			// as the template has it: a run whose time is up is taken over beside one that still works
			settings: { maxParallel: mostAtOnce, leaseMinutes: 5 },
			secondsBetween: { 'Every Minute': 10, 'When a File Arrives': 30 },
		});
		let mostUnderWay = 0;
		for (let count = step; count <= fileCount; count += step) {
			await until(`${count} recordings are done`, async () => {
				await sleep(lookAgainMs);
				mostUnderWay = Math.max(mostUnderWay, await folder.filesUnderWay());
				return folder.drive.filesIn(folder.done.id).length >= count;
			});
		}
		const statesOf = async () => (await folder.rows()).map(({ state }) => state);
		await until(
			'each file has one row',
			async () => {
				// each look reads every row, page by page
				await sleep(lookAgainMs);
				const states = await statesOf();
				return states.length === fileCount + pictureCount && !states.includes('submitted');
			},
			undefined,
			async () => await folder.unfinished(),
		);

		const states = await statesOf();
		expect(states.filter((state) => state === 'done')).toHaveLength(fileCount);
		expect(states.filter((state) => state === 'skipped')).toHaveLength(pictureCount);
		expect(folder.transcripton.statistics()).toMatchObject({
			jobs: fileCount,
			duplicatesByContent: 0,
		});
		expect(folder.drive.statistics()).toMatchObject({
			downloads: fileCount,
			uploadedFiles: 2 * fileCount,
		});
		expect(mostUnderWay).toBeGreaterThan(1);
		expect(mostUnderWay).toBeLessThanOrEqual(mostAtOnce + mostByTwoLooks);
	});
});
