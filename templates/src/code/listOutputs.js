// @ts-check
import { mkdir } from 'fs/promises';

/**
 * Makes a folder of its own for this transcript and lists what goes into it.
 *
 * @param {CodeNode} n8n
 */
export async function listOutputs({ $ }) {
	const STEM_BYTES = 150;
	const settings = $('Settings').first().json;
	if ($('Settings').all().length > 1)
		throw new Error('Call this workflow once for each recording or job.');
	const jobId = $('Wait for Job').first().json.id;
	const { fileName } = $('Settings').first().binary?.recording ?? {};
	const listOf = (text) => [
		...new Set(
			String(text)
				.toLowerCase()
				.split(/[\s,;]+/)
				.filter(Boolean),
		),
	];

	// A name that every file system takes: no separators, no leading dots, not too long.
	function safe(name) {
		const characters = Array.from(
			name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^[. ]+|[. ]+$/g, ''),
		);
		while (Buffer.byteLength(characters.join('')) > STEM_BYTES) characters.pop();
		return characters.join('').trim();
	}

	const stem = safe(String(fileName || '').replace(/\.[^.]*$/, '')) || safe(jobId);
	const root = settings.outputFolder.replace(/\/+$/, '');
	await mkdir(root, { recursive: true });

	// The folder is new or it is not taken: two runs never share one, so nothing is ever overwritten.
	async function newFolder() {
		for (let number = 1; ; number++) {
			const folder = `${root}/${stem}${number === 1 ? '' : `_${number}`}`;
			try {
				await mkdir(folder);
				return folder;
			} catch (error) {
				if (error.code !== 'EEXIST') throw error;
			}
		}
	}

	const folder = await newFolder();
	const outputs = [];
	const add = (kind, label, file, more = {}) =>
		outputs.push({
			jobId,
			kind,
			label,
			path: `${folder}/${stem}.${file}`,
			failedPath: `${folder}/${stem}.${safe(label)}.failed.txt`,
			...more,
		});

	if ($('Polish').isExecuted && $('Polish').first().json.error) {
		const { error, details } = $('Polish').first().json;
		add('failed', 'polish', 'polish.txt', { error, details });
	}
	for (const format of listOf(settings.formats)) add('export', format, safe(format), { format });
	if (settings.summarize) add('summary', 'summary', 'summary.md');
	for (const language of listOf(settings.languages))
		add('translation', language, `${safe(language)}.txt`, { language });

	return outputs.map((json) => ({ json }));
}
