import { Gallery } from '../../rig/templates/gallery';
import { until } from '../../rig/basics/until';

const noOverwrite = 'Captions that somebody wrote by hand.';
let gallery: Gallery;
let webhookUrl: string;

const rows = async () => await gallery.rows('Dropbox captions');

/** The paths of all that is in Dropbox, sorted. */
const paths = () =>
	gallery.simulator.dropbox
		.files()
		.map(({ path_display }) => path_display)
		.sort();

const textOf = (path: string) => gallery.simulator.dropbox.contentOf(path).toString('utf8');

/** Waits until a recording has a row in this state. */
async function untilRow(name: string, state: string): Promise<void> {
	await until(`${name} is ${state}`, async () =>
		(await rows()).some((row) => row.name === name && row.state === state),
	);
}

beforeAll(async () => {
	gallery = await Gallery.start({ hosts: ({ dropbox }) => dropbox.hosts() });
	gallery.simulator.dropbox.addFile('/Recordings/there before.mp3');
	const id = await gallery.publishTemplate('dropbox-captions', {
		secondsBetween: { 'Every Minute': 3 },
		settings: { maxAttempts: 2, retryMinutes: 0, settleSeconds: 0 },
		edit: ({ nodes }) => {
			const trigger = nodes.find(({ name }) => name === 'When a File Arrives')!;
			trigger.parameters.folder = { __rl: true, mode: 'path', value: '/Recordings' };
			webhookUrl = `${gallery.n8n.url}/webhook/${trigger.webhookId}/webhook`;
		},
	});
	expect(id).toBeTruthy();
});

afterAll(async () => {
	expect(gallery.proxy!.unknownHosts()).toEqual([]);
	await gallery.stop();
});

describe('the template for captions in Dropbox', () => {
	it('has a webhook that Dropbox takes', async () => {
		expect(await gallery.simulator.dropbox.verify(webhookUrl)).toMatchObject({ accepted: true });
	});

	it('puts captions and a document beside a recording, and leaves those that were there alone', async () => {
		const { dropbox, whipscribe } = gallery.simulator;

		dropbox.addFile('/Recordings/Größe 1/Gespräch ä.mp3', 'speech one');
		await untilRow('Gespräch ä.mp3', 'done');

		expect(paths()).toEqual([
			'/Recordings/Größe 1/Gespräch ä.docx',
			'/Recordings/Größe 1/Gespräch ä.mp3',
			'/Recordings/Größe 1/Gespräch ä.srt',
			'/Recordings/Größe 1/Gespräch ä.vtt',
			'/Recordings/there before.mp3',
		]);
		expect(textOf('/Recordings/Größe 1/Gespräch ä.srt')).toMatch(/^1\r?\n00:00:/);
		expect(textOf('/Recordings/Größe 1/Gespräch ä.vtt')).toMatch(/^WEBVTT/);
		expect(textOf('/Recordings/Größe 1/Gespräch ä.docx').slice(0, 2)).toBe('PK');
		expect(whipscribe.jobs().map(({ fileName }) => fileName)).toEqual(['Gespräch ä.mp3']);
	});

	it('pays once for a file that is moved, and told of twice at once', async () => {
		const { dropbox, whipscribe } = gallery.simulator;
		dropbox.moveFile('/Recordings/Größe 1/Gespräch ä.mp3', '/Recordings/renamed.mp3');

		await Promise.all([dropbox.notify(), dropbox.notify()]);
		dropbox.addFile('/Recordings/._second.wav', 'what macOS puts beside it');
		dropbox.addFile('/Recordings/second.wav', 'speech two');
		await untilRow('second.wav', 'done');

		expect(whipscribe.jobs()).toHaveLength(2);
		expect(paths()).not.toContain('/Recordings/renamed.srt');
	});

	it('never writes over a file: captions of a changed recording get a number', async () => {
		const { dropbox } = gallery.simulator;
		dropbox.addFile('/Recordings/changed.srt', noOverwrite);
		dropbox.addFile('/Recordings/changed.mp3', 'speech three');
		await untilRow('changed.mp3', 'done');

		expect(textOf('/Recordings/changed.srt')).toBe(noOverwrite);
		expect(paths()).toContain('/Recordings/changed (1).srt');
	});

	it('takes up what a run left behind that ended in the middle, with its paid job', async () => {
		const { whipscribe } = gallery.simulator;
		const before = whipscribe.statistics().paidJobs;
		const { client } = gallery.n8n;
		const table = (await client.tables.named('Dropbox captions'))!;
		const [known] = (await rows()).filter(({ name }) => name === 'second.wav');
		const { fileId, folder, rev, jobId, claimToken } = known!;
		const left = { fileId, folder, rev, generation: 0, attempts: 1, notBefore: Date.now() - 1 };
		const paid = { ...left, jobId, claimToken };
		await client.tables.insertRows(table.id, [
			{ ...left, contentKey: known!.contentKey, name: 'sent.wav', state: 'sending' },
			{ ...paid, contentKey: 'paid', name: 'paid.wav', state: 'submitted' },
			{ ...paid, contentKey: 'written', name: 'written.wav', state: 'finishing' },
		] as never);

		for (const name of ['sent.wav', 'paid.wav', 'written.wav']) await untilRow(name, 'done');

		expect(whipscribe.statistics().paidJobs).toBe(before);
		expect(paths()).toEqual(
			expect.arrayContaining([
				'/Recordings/paid.vtt',
				'/Recordings/sent.srt',
				'/Recordings/written.docx',
			]),
		);
	});

	it('tries again what Whipscribe and Dropbox could not serve, and pays once', async () => {
		const { dropbox, whipscribe } = gallery.simulator;
		const before = whipscribe.statistics().paidJobs;
		whipscribe.fail({
			endpoint: 'POST /transcribe',
			kind: 'reset',
			stage: 'reply',
		});
		dropbox.fail({
			endpoint: 'POST /files/upload',
			kind: 'status',
			status: 409,
			code: 'path/insufficient_space',
		});

		dropbox.addFile('/Recordings/trouble.mp3', 'speech four');
		await untilRow('trouble.mp3', 'done');

		expect(whipscribe.statistics().paidJobs).toBe(before + 1);
		expect(paths()).toEqual(
			expect.arrayContaining([
				'/Recordings/trouble.docx',
				'/Recordings/trouble.srt',
				'/Recordings/trouble.vtt',
			]),
		);
	});

	it('keeps what is paid while Dropbox lets nothing be written, and writes it later', async () => {
		const { dropbox, whipscribe } = gallery.simulator;
		const before = whipscribe.statistics().paidJobs;
		const endpoint = 'POST /files/upload';
		const code = 'missing_scope';
		dropbox.fail({ endpoint, kind: 'status', status: 401, code, times: Infinity });
		const tries = () => dropbox.statistics().requests[endpoint] ?? 0;
		const triesBefore = tries();

		dropbox.addFile('/Recordings/forbidden.mp3', 'speech of nobody else');
		// more rounds than a recording has tries
		await until('it is tried again and again', () => tries() >= triesBefore + 12);
		const [row] = (await rows()).filter(({ name }) => name === 'forbidden.mp3');
		expect(['submitted', 'finishing']).toContain(row!.state);
		expect(row!.errorMessage).toBeTruthy();
		dropbox.recover();
		await untilRow('forbidden.mp3', 'done');

		expect(whipscribe.statistics().paidJobs).toBe(before + 1);
		expect(paths()).toContain('/Recordings/forbidden.vtt');
	});

	it('says beside a recording why it has no captions, when it is given up', async () => {
		const { dropbox } = gallery.simulator;

		dropbox.addFile('/Recordings/fail-noise.mp3', 'speech five');
		await untilRow('fail-noise.mp3', 'failed');

		expect(textOf('/Recordings/fail-noise.mp3 failed.txt')).toContain('noise');
	});

	it('brings each of several to its end, where some are refused and some fail', async () => {
		const { dropbox, whipscribe } = gallery.simulator;
		const before = whipscribe.jobs().length;
		const refused = { endpoint: 'POST /files/upload', kind: 'status' as const, status: 409 };
		// of six files of captions and two notes, every other one at first
		for (const after of [0, 1, 1, 1]) {
			dropbox.fail({ ...refused, code: 'path/insufficient_space', after });
		}

		const names = ['fail-noise 1', 'several 2', 'several 3', 'fail-noise 4'];
		for (const name of names) dropbox.addFile(`/Recordings/${name}.mp3`, `speech of ${name}`);
		for (const name of ['several 2.mp3', 'several 3.mp3']) await untilRow(name, 'done');
		for (const name of ['fail-noise 1.mp3', 'fail-noise 4.mp3']) await untilRow(name, 'failed');

		const ofThese = paths().filter((path) => /several|noise [14]/.test(path));
		expect(ofThese).toEqual([
			'/Recordings/fail-noise 1.mp3',
			'/Recordings/fail-noise 1.mp3 failed.txt',
			'/Recordings/fail-noise 4.mp3',
			'/Recordings/fail-noise 4.mp3 failed.txt',
			...['several 2', 'several 3'].flatMap((name) =>
				['docx', 'mp3', 'srt', 'vtt'].map((kind) => `/Recordings/${name}.${kind}`),
			),
		]);
		// those that failed have had two tries each
		expect(whipscribe.jobs().length - before).toBe(2 + 2 * 2);
	});
});
