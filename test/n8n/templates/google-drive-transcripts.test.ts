import { WatchedDrive } from '../../rig/templates/watchedDrive';
import { until } from '../../rig/basics/until';

const longAgo = '2020-01-01T00:00:00Z';

describe('the template google-drive-transcripts', () => {
	let folder: WatchedDrive;

	beforeAll(async () => {
		folder = await WatchedDrive.start();
	});
	beforeEach(() => folder.empty());
	afterEach(async () => await folder.unpublish());
	afterAll(async () => await folder.stop());

	it('writes a document and subtitles beside a recording that the trigger reports, and moves it', async () => {
		await folder.publish({ looksIntoFolder: false, secondsBetween: { 'When a File Arrives': 5 } });
		folder.drop('meeting.mp3');
		await folder.untilMoved('meeting.mp3');

		expect(folder.namesIn(folder.inbox)).toEqual(['Done', 'meeting.docx', 'meeting.srt']);
		const [document, subtitles] = ['docx', 'srt'].map((extension) =>
			folder.drive.filesIn(folder.inbox.id).find(({ name }) => name.endsWith(extension)),
		);
		expect(document!.bytes.toString('latin1')).toMatch(/^PK/);
		expect(subtitles!.bytes.toString()).toMatch(/^1\n00:00:00,000 --> /);
		expect(await folder.rowOf('meeting.mp3')).toMatchObject({ state: 'done', errorCode: '' });
		expect(folder.transcripton.statistics().paidJobs).toBe(1);
		expect(folder.drive.statistics().tokensSeenInUrls).toBe(0);
	});

	it('finds in the folder what the trigger does not report, as files that were synchronised', async () => {
		const output = folder.drive.addFolder('Transcripts');
		folder.drop('synchronised.wav', {
			mimeType: 'audio/x-wav',
			createdTime: longAgo,
			bytes: Buffer.from('RIFF....WAVEfmt '),
		});
		const link = (id: string) => `https://drive.google.com/drive/folders/${id}?usp=sharing`;
		await folder.publish({
			settings: { doneFolder: link(folder.done.id), outputFolder: link(output.id) },
			secondsBetween: { 'When a File Arrives': 30 },
		});
		await folder.untilMoved('synchronised.wav');

		expect(folder.namesIn(output)).toEqual(['synchronised.docx', 'synchronised.srt']);
		expect(folder.namesIn(folder.inbox)).toEqual(['Done']);
	});

	it('takes a Drive file whose type says that it is a recording, whatever its name', async () => {
		const mp4 = Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2', 'latin1');
		folder.drop('Weekly sync', { mimeType: 'video/mp4', bytes: mp4 });
		folder.drop('Sync 12.05.2026', { mimeType: 'audio/mpeg' });
		folder.drop('file_12.oga', { mimeType: 'audio/ogg', bytes: Buffer.from('OggS OpusHead') });
		folder.drop('song.mpga', { mimeType: 'application/octet-stream' });
		await folder.publish();
		await folder.untilMoved('Weekly sync', 'Sync 12.05.2026', 'file_12.oga', 'song.mpga');

		expect(folder.namesIn(folder.inbox)).toEqual([
			'Done',
			'Sync 12.05.2026.docx',
			'Sync 12.05.2026.srt',
			'Weekly sync.docx',
			'Weekly sync.srt',
			'file_12.docx',
			'file_12.srt',
			'song.docx',
			'song.srt',
		]);
		expect(
			folder.transcripton
				.jobs()
				.map(({ fileName }) => fileName)
				.sort(),
		).toEqual(['Sync 12.05.2026.mp3', 'Weekly sync.mp4', 'file_12.ogg', 'song.mp3']);
	});

	it('pays once for a Drive file that the trigger and the look into the folder report at once', async () => {
		const first = await folder.publish({ secondsBetween: { 'When a File Arrives': 2 } });
		const second = await folder.publish({ secondsBetween: { 'When a File Arrives': 2 } });
		const names = Array.from({ length: 8 }, (_, index) => `twice-${index}.mp3`);
		for (const name of names) folder.drop(name);
		await folder.untilMoved(...names);
		await until('one row a file', async () => (await folder.rows()).length === names.length);

		expect(first).not.toBe(second);
		expect(folder.transcripton.statistics()).toMatchObject({ jobs: 8, duplicatesByContent: 0 });
		expect(folder.drive.statistics().uploadedFiles).toBe(2 * names.length);
	});

	it('notes a Drive file that is no audio, and asks nobody about it', async () => {
		folder.drop('notes.txt', { mimeType: 'text/plain' });
		folder.drop('page.mp3', { mimeType: 'application/vnd.google-apps.document' });
		folder.drop('song.xyz', { mimeType: 'application/octet-stream' });
		folder.drive.addFolder('folder.mp3', folder.inbox.id);
		folder.drop('old.docx', { mimeType: 'application/msword' });
		folder.drop('old.srt', { mimeType: 'application/x-subrip' });
		folder.drop('._real.mp3', { mimeType: 'audio/mpeg' });
		folder.drop('real.mp3');
		await folder.publish();
		await folder.untilMoved('real.mp3');

		const skipped = (await folder.rows()).filter(({ state }) => state === 'skipped');
		expect(skipped.map(({ name }) => name).sort()).toEqual(['notes.txt', 'page.mp3', 'song.xyz']);
		expect(new Set(skipped.map(({ errorCode }) => errorCode))).toEqual(
			new Set(['NOT_A_RECORDING']),
		);
		expect(await folder.rows()).toHaveLength(4);
		expect(folder.transcripton.statistics().requests['POST /jobs']).toBe(1);
		expect(folder.drive.statistics().downloads).toBe(1);
	});

	it('ends a file that fails with its code, and sends it again once its row is deleted', async () => {
		folder.drop('refuse-file_too_long.mp3');
		folder.drop('fail-job.mp3');
		const id = await folder.publish();
		await folder.untilState('refuse-file_too_long.mp3', 'failed');
		await folder.untilState('fail-job.mp3', 'failed');

		expect(await folder.rowOf('refuse-file_too_long.mp3')).toMatchObject({
			errorCode: 'file_too_long',
		});
		expect(await folder.rowOf('fail-job.mp3')).toMatchObject({ errorCode: 'NOT_TRANSCRIBED' });
		expect(folder.namesIn(folder.inbox)).toEqual([
			'Done',
			'fail-job.mp3',
			'refuse-file_too_long.mp3',
		]);
		const told = async () => (await folder.errorsOf(id)).join('\n').split('\n').sort();
		await until('both are told', async () => (await told()).length >= 2);
		expect(await told()).toEqual([
			expect.stringContaining('fail-job.mp3: Transcripton could not transcribe'),
			expect.stringContaining('refuse-file_too_long.mp3: Transcripton refused'),
		]);

		const before = folder.transcripton.statistics().jobs;
		await folder.deleteRow('fail-job.mp3');
		await until('sent again', () => folder.transcripton.statistics().jobs === before + 1);
		await folder.untilState('fail-job.mp3', 'failed');
	});

	it('does not send a file again when the reply to it was lost, and says so', async () => {
		folder.transcripton.fail({ endpoint: 'POST /jobs', kind: 'reset', stage: 'reply' });
		folder.drop('lost.mp3');
		const id = await folder.publish();
		await folder.untilState('lost.mp3', 'lookAtIt');
		folder.drop('next.mp3');
		await folder.untilMoved('next.mp3');

		expect(folder.transcripton.statistics().jobs).toBe(2);
		expect(folder.namesIn(folder.inbox)).toContain('lost.mp3');
		expect(await folder.untilTold(id)).toEqual([
			expect.stringContaining('Look whether Transcripton has'),
		]);
	});

	it('takes up what a run left behind, and what 0.1.0 worked on, without paying twice', async () => {
		folder.drop('known.mp3');
		const earlier = await folder.publish();
		await folder.untilMoved('known.mp3');
		await folder.unpublish();
		// a run that goes on would take up what is left below
		await folder.untilEnded(earlier);
		const { jobId } = (await folder.rowOf('known.mp3'))!;
		const before = folder.transcripton.statistics().jobs;
		const left = (name: string, columns: Record<string, string | number>) => ({
			fileId: folder.drop(name).id,
			name,
			mimeType: 'audio/mpeg',
			...columns,
		});
		const owner = '1 until 2026-01-01T00:00:00.000Z';
		// killed between its upload and the note of it
		const written = folder.drive.addFile({ name: 'written.docx', parent: folder.inbox.id });
		await folder.insertRows([
			left('free.mp3', { state: 'waiting' }),
			left('old.mp3', { state: 'downloading', owner: '1', claimedAt: 1, attempts: 1 }),
			left('paid.mp3', { state: 'submitted', owner, jobId: String(jobId), attempts: 1 }),
			left('sending.mp3', { state: 'sending', owner, attempts: 1 }),
			left('written.mp3', {
				...{ state: 'submitted', owner, jobId: String(jobId), attempts: 1 },
				...{ docxId: `reserved ${written.id}`, srtId: 'reserved 1of-another-account' },
			}),
		]);

		const id = await folder.publish();
		await folder.untilMoved('free.mp3', 'old.mp3', 'paid.mp3', 'written.mp3');
		await folder.untilState('sending.mp3', 'lookAtIt');

		expect(folder.transcripton.statistics().jobs).toBe(before + 2);
		const results = folder.namesIn(folder.inbox).filter((name) => name.startsWith('written'));
		expect(results).toEqual(['written.docx', 'written.srt']);
		// a look that was under way when the first was unpublished may have begun another run of it since
		expect(await folder.untilTold(earlier, id)).toEqual([
			expect.stringContaining('sending.mp3: n8n stopped while this file was being sent.'),
		]);
	});

	it('gets over a Drive that is down for a moment, without paying or writing twice', async () => {
		const unavailable = { kind: 'status', status: 503 } as const;
		folder.drive.fail({ endpoint: 'GET /drive/v3/files/{id}?alt=media', ...unavailable });
		folder.drive.fail({ endpoint: 'GET /drive/v3/files/generateIds', ...unavailable });
		const upload = 'POST /upload/drive/v3/files';
		folder.drive.fail({ endpoint: upload, ...unavailable });
		// a file is made, but nobody hears of it
		folder.drive.fail({ endpoint: upload, kind: 'reset', stage: 'reply' });
		folder.drive.fail({ endpoint: 'PATCH /drive/v3/files/{id}', ...unavailable });
		folder.drop('patient.mp3');
		await folder.publish();
		await folder.untilState('patient.mp3', 'done');

		expect(folder.namesIn(folder.inbox)).toEqual([
			'Done',
			'patient.docx',
			'patient.mp3',
			'patient.srt',
		]);
		// the recording is moved by a later look into the folder
		await folder.untilMoved('patient.mp3');
		expect(folder.namesIn(folder.inbox)).toEqual(['Done', 'patient.docx', 'patient.srt']);
		expect(folder.transcripton.statistics().jobs).toBe(1);
	});

	it('goes on when the answer to an upload breaks off while another is on its way', async () => {
		const endpoint = 'POST /upload/drive/v3/files';
		folder.drive.fail({ endpoint, kind: 'reset', stage: 'reply' });
		folder.drive.fail({ endpoint, kind: 'delay', seconds: 3 });
		folder.drop('cut.mp3');
		// nobody takes over what hangs
		await folder.publish({ settings: { leaseMinutes: 30 } });
		await folder.untilMoved('cut.mp3');

		expect(folder.namesIn(folder.inbox)).toEqual(['Done', 'cut.docx', 'cut.srt']);
	});

	it.each([
		['does not exist', 'no-such-folder', null],
		['may not be written to', '', 'insufficientParentPermissions'],
	])(
		'pays for no more than it works on while the output folder %s, and loses none',
		async (...given) => {
			const [, outputFolder, code] = given;
			const names = ['a.mp3', 'b.mp3', 'c.mp3', 'd.mp3'];
			for (const name of names) folder.drop(name);
			const endpoint = 'POST /upload/drive/v3/files';
			const forbidden = { endpoint, kind: 'status', status: 403, times: Infinity } as const;
			if (code) folder.drive.fail({ ...forbidden, code });
			await folder.publish({ settings: { outputFolder, maxParallel: 2 } });
			const paidRows = async () => (await folder.rows()).filter(({ jobId }) => jobId);
			await until('the paid ones say why they wait', async () => {
				const rows = await paidRows();
				return rows.length === 2 && rows.every(({ errorMessage }) => errorMessage);
			});
			// more looks than tries that a file has
			const tries = () => folder.drive.statistics().requests[endpoint] ?? 0;
			const before = tries();
			await until('they are tried again', () => tries() >= before + 12);
			await folder.unpublish();
			const paid = folder.transcripton.statistics().jobs;
			expect((await paidRows()).map(({ state }) => state)).toEqual(['submitted', 'submitted']);

			folder.drive.recover();
			await folder.publish();
			await folder.untilMoved(...names);
			expect(paid).toBe(2);
			expect(folder.transcripton.statistics().jobs).toBe(names.length);
			expect(folder.namesIn(folder.inbox)).toEqual(
				[
					'Done',
					...names.flatMap((name) => ['docx', 'srt'].map((to) => name.replace('mp3', to))),
				].sort(),
			);
		},
	);

	it('says what is missing while it has no Done folder', async () => {
		const id = await folder.publish({ settings: { doneFolder: '' } });
		expect((await folder.untilTold(id))[0]).toContain(
			'enter another folder as doneFolder in "Settings"',
		);
	});
});
