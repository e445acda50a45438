// @ts-check
import { newFolder } from './newFolder.js';
import { safeName } from './safeName.js';

/**
 * Makes a folder of its own for this transcript and lists what goes into it.
 *
 * @param {CodeNode} n8n
 */
export async function listOutputs({ $ }) {
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

	const stem = safeName(String(fileName || '').replace(/\.[^.]*$/, '')) || safeName(jobId);
	const root = settings.outputFolder.replace(/\/+$/, '');
	const folder = await newFolder(root, stem);
	const outputs = [];
	const add = (kind, label, file, more = {}) =>
		outputs.push({
			jobId,
			kind,
			label,
			path: `${folder}/${stem}.${file}`,
			failedPath: `${folder}/${stem}.${safeName(label)}.failed.txt`,
			...more,
		});

	if ($('Polish').isExecuted && $('Polish').first().json.error) {
		const { error, details } = $('Polish').first().json;
		add('failed', 'polish', 'polish.txt', { error, details });
	}
	for (const format of listOf(settings.formats))
		add('export', format, safeName(format), { format });
	if (settings.summarize) add('summary', 'summary', 'summary.md');
	for (const language of listOf(settings.languages))
		add('translation', language, `${safeName(language)}.txt`, { language });

	return outputs.map((json) => ({ json }));
}
