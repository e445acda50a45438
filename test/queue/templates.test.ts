import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowJson } from '../../dev/n8n/types';
import { samplesFolder } from '../../dev/paths';
import { AnyProviderFolders, untilEachIsThrough } from '../rig/templates/anyProviderWatcher';
import {
	countOf,
	links,
	TENFOLD_LIMITS,
	TENFOLD_SCHEDULE,
	TENFOLD_SETTINGS,
	upload,
} from '../rig/templates/backlog';
import { dropboxDoor } from '../rig/flood/floodDoors';
import { type FormValue, nextPage, submitForm } from '../rig/workflows/forms';
import { Gallery, pollTimesEvery, type ImportOptions } from '../rig/templates/gallery';
import { publishStarter, starterFolders } from '../rig/templates/starters';
import { WatchedDrive } from '../rig/templates/watchedDrive';
import { executionsOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';
import { until } from '../rig/basics/until';

const LIST = 'GET /jobs';
const SUBMIT = 'POST /transcribe';
/** Providers other than that of the starter. */
const ON_WORKERS = ['whipscribe', 'transcripton'] as const;
/** Fails at each of them. */
const FAILING = 'fail-job fail-PROCESSING_ERROR';
const SAMPLE = join(samplesFolder, 'morning-briefing.wav');

let gallery: Gallery;

beforeAll(async () => {
	gallery = await Gallery.start({
		queueMode: true,
		simulator: {
			scriptivox: TENFOLD_LIMITS,
			transcripton: { rateLimits: { enabled: false }, stageSeconds: 0.05 },
		},
		hosts: ({ dropbox, googleDrive }) => ({ ...dropbox.hosts(), ...googleDrive.hosts }),
		authorize: ({ dropbox }) => ({
			dropboxUploadOAuth2Api: (url) => dropbox.authorize(url),
		}),
	});
	const { port } = gallery.queue!.redis;
	const data = { host: '127.0.0.1', port, database: 1, user: '', password: '' };
	await gallery.addCredential({ name: 'Redis', type: 'redis', data });
});

beforeEach(() => gallery.simulator.reset());

afterAll(async () => await gallery?.stop());

/** Fills in a workflow's form through the proxy. */
async function pageFor(workflowId: string, values: FormValue[]): Promise<string> {
	const forms = { client: gallery.n8n.client, url: gallery.url };
	return await nextPage(await submitForm(forms, workflowId, values));
}

describe('a polling trigger in queue mode', () => {
	it('starts a workflow once for each job, though main is killed', async () => {
		const { client } = gallery.n8n;
		const { whipscribe } = gallery.simulator;
		// the gallery's credential is a signed-in user's
		const [user] = Object.values(whipscribe.settings.idTokens);
		whipscribe.addJob({ fileName: 'before.mp3', user });
		const credentials = { whipscribeApi: gallery.credential('whipscribeApi') };
		const trigger = nodeOf(
			'Ended',
			'n8n-nodes-transcription.whipscribeTrigger',
			{ pollTimes: pollTimesEvery(10) },
			credentials,
		);
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const { id } = await client.createWorkflow(rowOf('Watch', trigger, next));
		const emitted = async (count: number) =>
			(await executionsOf(gallery.n8n, id, count, 90)).flatMap((each) =>
				(outputOf(each, 'Ended') ?? []).map(({ fileName }) => fileName),
			);

		await client.publishWorkflow(id);
		// the first looks take note; n8n publishes some time after it has answered
		await until('two looks', () => (whipscribe.statistics().requests[LIST] ?? 0) > 1);
		whipscribe.addJob({ fileName: 'first.mp3', user });
		expect(await emitted(1)).toEqual(['first.mp3']);

		await gallery.crash();
		whipscribe.addJob({ fileName: 'second.mp3', user });
		expect(await emitted(2)).toEqual(['first.mp3', 'second.mp3']);
		await client.unpublishWorkflow(id);
	});
});

describe('the signed webhook of Dropbox, behind two webhook processes', () => {
	it('is verified, and starts a workflow for a new file that Dropbox tells of', async () => {
		const { dropbox } = gallery.simulator;
		const { folder, target, workflowId } = await dropboxDoor(gallery);
		const { url } = target;

		expect(await dropbox.verify(url)).toMatchObject({ accepted: true });
		expect(await dropbox.notify({ url, signature: 'forged' })).toMatchObject({ status: 401 });
		dropbox.addFile(`${folder}/talk.mp3`);

		const [execution] = await executionsOf(gallery.n8n, workflowId, 1);
		expect(outputOf(execution!, 'Trigger')).toMatchObject([{ path: `${folder}/talk.mp3` }]);
		await gallery.n8n.client.unpublishWorkflow(workflowId);
	});
});

describe('templates with a form, through the proxy', () => {
	it('upload-form-to-download-page gives the file that was asked for', async () => {
		const id = await gallery.publishTemplate('upload-form-to-download-page');
		const content = await readFile(SAMPLE);

		const page = await pageFor(id, [{ fileName: 'briefing.wav', content }, 'srt']);

		expect(page).toContain('Here is your file');
		expect(page).toContain('briefing.srt');
		await gallery.n8n.client.unpublishWorkflow(id);
	});

	it('compare-providers shows all transcripts, each paid once', async () => {
		const id = await gallery.publishTemplate('compare-providers');
		const content = await readFile(SAMPLE);

		const page = await pageFor(id, [{ fileName: 'briefing.wav', content }]);

		for (const provider of ['scriptivox', 'transcripton', 'whipscribe'] as const) {
			expect(page).toContain(`<th>${provider}</th>`);
			expect(gallery.simulator[provider].statistics()).toMatchObject({ jobs: 1, paidJobs: 1 });
		}
		await gallery.n8n.client.unpublishWorkflow(id);
	});
});

describe('google-drive-transcripts in queue mode', () => {
	it('moves each recording behind its transcript, each paid once', async () => {
		const folder = WatchedDrive.within(gallery);
		folder.empty();
		const names = Array.from({ length: 10 }, (_, number) => `${number}.mp3`);
		await folder.publish();
		for (const name of names) folder.drop(name);

		await folder.untilMoved(...names);

		expect(folder.transcripton.statistics().paidJobs).toBe(names.length);
		await folder.unpublish();
	});
});

describe('watched folders on two workers', () => {
	it('folder-to-text-and-subtitles writes text and subtitles of each recording once', async () => {
		const { transcripts, drop } = await starterFolders(gallery);
		const names = ['a talk ä.mp3', 'b.wav', 'c.m4a'];
		for (const name of names) await drop(name);
		const id = await publishStarter(gallery, 'folder-to-text-and-subtitles', {
			secondsBetween: { 'Every Minute': 2 },
		});

		const results = ['a talk ä', 'b', 'c'].flatMap((stem) => [`${stem}.srt`, `${stem}.txt`]);
		await until('each has its results', async () => {
			return (await readdir(transcripts)).length === results.length;
		});
		await gallery.n8n.client.unpublishWorkflow(id);

		expect((await readdir(transcripts)).sort()).toEqual(results);
		expect(gallery.simulator.scriptivox.statistics()).toMatchObject({ jobs: 3, paidJobs: 3 });
	});

	it('folder-watcher-any-provider pays for each recording once, with any of them', async () => {
		gallery.simulator.transcripton.configure({ checkFirstBytes: false });
		const folders: AnyProviderFolders[] = [];
		for (const name of ON_WORKERS) folders.push(await AnyProviderFolders.publish(gallery, name));
		for (const folder of folders) {
			for (const name of ['a.mp3', 'b.wav', `${FAILING}.mp3`]) await folder.drop(name);
		}
		await untilEachIsThrough(gallery, folders);
		for (const { workflowId } of folders) {
			await gallery.n8n.client.unpublishWorkflow(workflowId);
		}

		for (const [index, name] of ON_WORKERS.entries()) {
			expect(Object.keys(await folders[index]!.texts()).sort()).toEqual([
				...['a.srt', 'a.txt', 'b.srt', 'b.txt'],
				`failed_${FAILING}.txt`,
			]);
			expect(gallery.simulator[name].statistics()).toMatchObject({ jobs: 3, paidJobs: 2 });
		}
	});
});

/** Submits fifty links by copies of a template on two workers, each of them once and none refused. */
async function submitsEachLinkOnce(
	name: string,
	copies: number,
	options: ImportOptions = {},
): Promise<void> {
	const { scriptivox } = gallery.simulator;
	const doneBefore = await countOf(gallery, 'done');
	const urls = links(50, name);
	const ids: string[] = [];
	for (let copy = 0; copy < copies; copy++) {
		const id = await gallery.importTemplate(name, {
			secondsBetween: TENFOLD_SCHEDULE,
			...options,
			settings: { ...TENFOLD_SETTINGS, ...options.settings, outputFolder: gallery.files },
		});
		ids.push(id);
	}
	for (const id of ids) await gallery.n8n.client.publishWorkflow(id);
	await upload(gallery, ids[0]!, 'links.csv', urls.join('\n'));
	await until(
		'Every link is done',
		async () => (await countOf(gallery, 'done')) === doneBefore + urls.length,
	);
	for (const id of ids) await gallery.n8n.client.unpublishWorkflow(id);

	const submitted = scriptivox.jobs().map(({ url }) => String(url));
	expect(submitted.sort()).toEqual(urls.sort());
	expect(scriptivox.statistics()).toMatchObject({ rateLimited: 0, duplicatesByContent: 0 });
}

describe('a backlog on two workers', () => {
	it('submits each link once and never meets the limit: rate-limited-backlog', async () => {
		await submitsEachLinkOnce('rate-limited-backlog', 1);
	});

	it('submits each link once and never meets the limit that two copies share: rate-limited-backlog-redis', async () => {
		const { scriptivox } = gallery.simulator;
		// one copy at its pace stays below it, and two at theirs do not
		scriptivox.configure({ rateLimits: { windowSeconds: 12, perKey: { [SUBMIT]: 10 } } });
		await submitsEachLinkOnce('rate-limited-backlog-redis', 2, {
			settings: { perMinute: 40 },
			secondsBetween: { 'Every Minute': 30 },
			edit: withoutOwnPace,
		});
		expect(scriptivox.statistics().peakInWindow[SUBMIT]).toBeGreaterThan(5);
	});
});

/** Leaves the limit to Redis, in a copy with a form of its own, as the editor imports it. */
function withoutOwnPace({ nodes }: WorkflowJson): void {
	for (const node of nodes) if (node.webhookId) node.webhookId = randomUUID();
	const { parameters } = nodes.find(({ name }) => name === 'Submit Link')!;
	parameters.options = { ...(parameters.options as object), requestsPerMinute: 0 };
}
