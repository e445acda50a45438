import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { samplesFolder } from '../../../dev/paths';
import { Gallery } from '../../rig/templates/gallery';
import { byHand, nodeOf, outputOf, rowOf } from '../../rig/workflows/workflows';
import { nextPage, submitForm } from '../../rig/workflows/forms';

const template = 'one-transcript-many-outputs';

describe(`the template ${template}`, () => {
	let gallery: Gallery;
	let output: string;
	let id: string;
	let content: Buffer;

	const namesIn = async (folder: string) => (await readdir(join(output, folder))).sort();
	const textOf = async (...path: string[]) => await readFile(join(output, ...path), 'utf8');
	const statistics = () => gallery.simulator.transcripton.statistics();

	beforeAll(async () => {
		content = await readFile(join(samplesFolder, 'morning-briefing.wav'));
		gallery = await Gallery.start();
		output = join(gallery.files, 'output');
		await mkdir(output);
		id = await gallery.publishTemplate(template, {
			settings: { outputFolder: output, languages: 'de, xx', formats: 'txt, srt, docx, nonsense' },
		});
	});

	afterAll(async () => await gallery?.stop());

	async function send(fileName: string, bytes = content): Promise<string> {
		const waiting = await submitForm(gallery.n8n, id, [{ fileName, content: bytes }, '']);
		return await nextPage(waiting);
	}

	it('writes every format, the summary and the translations, and a note for what cannot be made', async () => {
		const page = await send('../my: briefing?.wav');

		const stem = 'my_ briefing_';
		const [folder] = await readdir(output);
		expect(folder).toBe(stem);
		expect(await namesIn(stem)).toEqual(
			[
				`${stem}.de.txt`,
				`${stem}.docx`,
				`${stem}.nonsense.failed.txt`,
				`${stem}.srt`,
				`${stem}.summary.md`,
				`${stem}.txt`,
				`${stem}.xx.failed.txt`,
			].sort(),
		);
		expect(await textOf(stem, `${stem}.srt`)).toContain('-->');
		expect((await readFile(join(output, stem, `${stem}.docx`))).subarray(0, 2).toString()).toBe(
			'PK',
		);
		expect(await textOf(stem, `${stem}.summary.md`)).toContain('# Summary\n\n');
		expect(await textOf(stem, `${stem}.de.txt`)).not.toBe('');
		expect(await textOf(stem, `${stem}.xx.failed.txt`)).toContain('Code: unsupported_language');
		expect(page).toContain('Made, but not all of it');
		expect(page).toContain(`${stem}.docx`);
	});

	it('sends the same recording once, pays each output once, and overwrites nothing', async () => {
		const before = statistics();
		expect(before).toMatchObject({ jobs: 1, paidJobs: 1, translationsMade: 1 });
		await send('again.wav');
		await send('again.wav');

		expect((await readdir(output)).sort()).toEqual(['again', 'again_2', 'my_ briefing_']);
		expect(await namesIn('again_2')).toEqual(await namesIn('again'));
		const after = statistics();
		expect(after).toMatchObject({ jobs: 1, paidJobs: 1, translationsMade: 1 });
		expect(after.minutesUsed).toBe(before.minutesUsed);
	});

	it('gives a workflow that calls it with a job ID the list of files', async () => {
		const [row] = await gallery.rows('Transcripton jobs by recording');
		const jobId = String(row!.jobId);
		const caller = rowOf(
			'Caller',
			byHand(),
			{
				...nodeOf('With a Job ID', 'n8n-nodes-base.set', {
					mode: 'raw',
					jsonOutput: JSON.stringify({ jobId }),
				}),
				typeVersion: 3.4,
			},
			{
				...nodeOf('Make Outputs', 'n8n-nodes-base.executeWorkflow', {
					workflowId: { __rl: true, mode: 'id', value: id },
				}),
				typeVersion: 1.2,
			},
		);
		const { id: callerId } = await gallery.n8n.client.createWorkflow(caller);
		const run = await gallery.n8n.client.runWorkflow(callerId, 'By Hand');
		const execution = await gallery.n8n.client.executions.end(run);

		const outputs = outputOf(execution, 'Make Outputs') ?? [];
		expect(outputs.map((each) => each.output)).toEqual([
			'txt',
			'srt',
			'docx',
			'nonsense',
			'summary',
			'de',
			'xx',
		]);
		expect(outputs[0]).toEqual({
			output: 'txt',
			path: join(output, jobId, `${jobId}.txt`),
			problem: '',
		});
		expect(statistics()).toMatchObject({ jobs: 1, translationsMade: 1 });
	});

	it('sends a recording again whose job failed, but only when asked again', async () => {
		const other = Buffer.concat([content, Buffer.from('other')]);
		await expect(send('fail-job.wav', other)).rejects.toThrow('the execution is "error"');
		expect(statistics()).toMatchObject({ jobs: 2, paidJobs: 1 });
		await send('better name.wav', other);
		expect(statistics()).toMatchObject({ jobs: 3, paidJobs: 2 });
		expect(await readdir(output)).toContain('better name');
	});

	it('says what is missing when the form is sent empty', async () => {
		const waiting = await submitForm(gallery.n8n, id, [null, '']);
		await expect(nextPage(waiting)).rejects.toThrow('the execution is "error"');
		const [last] = await gallery.n8n.client.executions.newest(id);
		const execution = await gallery.n8n.client.executions.get(last!.id);

		expect(execution.data.resultData.error?.message).toContain('neither a recording nor a job ID');
	});
});
