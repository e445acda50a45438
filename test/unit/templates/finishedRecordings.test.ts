import { runCode, type Rows } from './codeNode';

const TEMPLATES = ['folder-watcher', 'folder-watcher-polling'];
const rowOf = (job: string) => ({
	job,
	file: `${job}.mp3`,
	output: `/out/${job}.txt`,
	state: 'done',
});
const resultOf = (job: string) => ({ job, text: `of ${job}`, language: 'de', durationSeconds: 7 });

describe.each(TEMPLATES)('what %s hands on of finished recordings', (template) => {
	const finished = async (rows: Rows, results: Rows) =>
		(await runCode(template, 'Finished Recordings', rows, { Results: results })).map(
			({ json }) => json,
		);

	it('is one item for each, with the result of its own job, whatever their order', async () => {
		const given = await finished(['a', 'b'].map(rowOf), ['b', 'c', 'a'].map(resultOf));

		expect(given).toEqual(
			['a', 'b'].map((job) => ({
				fileName: `${job}.mp3`,
				text: `of ${job}`,
				language: 'de',
				durationSeconds: 7,
				transcriptionId: job,
				outputPath: `/out/${job}.txt`,
			})),
		);
	});

	it('names nothing that the provider does not give', async () => {
		const [given] = await finished([rowOf('a')], [{ job: 'a', text: '' }]);

		expect(given).toMatchObject({ text: '', language: null, durationSeconds: null });
	});

	it('tells of a recording without a result where its transcript lies', async () => {
		const [given] = await finished([rowOf('a')], []);

		expect(given).toEqual({
			fileName: 'a.mp3',
			language: null,
			durationSeconds: null,
			transcriptionId: 'a',
			outputPath: '/out/a.txt',
		});
	});
});
