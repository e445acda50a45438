import { readFileSync } from 'node:fs';

import type { WorkflowJson } from '../../../dev/n8n/types';
import { templateFile } from '../../../dev/templates/template';
import { fileRules as scriptivoxRules } from '../../../nodes/Scriptivox/files';
import { fileRules as transcriptonRules } from '../../../nodes/Transcripton/files';
import { fileRules as whipscribeRules } from '../../../nodes/Whipscribe/files';
import { recordingIdentity } from '../../../nodes/shared/files/fileIdentity';
import { RECORDING_KINDS } from '../../../nodes/shared/files/fileKinds';
import type { FileRules } from '../../../nodes/shared/files/upload';

function templateNamed(name: string): WorkflowJson {
	return JSON.parse(readFileSync(templateFile(name), 'utf8')) as WorkflowJson;
}

/** The words of a list that a Code node holds as quoted texts. */
function wordsOf(template: string, node: string, constant: string): string[] {
	const code = String(
		templateNamed(template).nodes.find(({ name }) => name === node)!.parameters.jsCode,
	);
	const [, list] = new RegExp(`const ${constant} = new Set\\(\\s*\\(([^)]*)\\)`).exec(code)!;
	return [...list!.matchAll(/'([^']*)'/g)]
		.map(([, text]) => text)
		.join('')
		.split(' ');
}

/** Every name under which a node takes recordings, for its provider's kinds. */
function namesTakenBy({ extensions }: FileRules): string[] {
	return RECORDING_KINDS.flatMap(({ names }) => names).filter((extension) => {
		const identity = recordingIdentity({ fileName: `talk.${extension}` }, extensions);
		return extensions.includes(identity.extension);
	});
}

const sorted = (names: string[]) => [...names].sort();

describe('what a template takes for a recording', () => {
	it.each([
		['folder-watcher', 'Look into the Folder', scriptivoxRules],
		['folder-watcher-polling', 'Look into the Folder', scriptivoxRules],
		['google-drive-transcripts', 'New Files', transcriptonRules],
	])('%s: every name that its node takes', (template, node, rules) => {
		expect(sorted(wordsOf(template, node, 'EXTENSIONS'))).toEqual(sorted(namesTakenBy(rules)));
	});

	it.each([whipscribeRules, transcriptonRules, scriptivoxRules])(
		'folder-watcher-any-provider: every name that the node of %j takes',
		(rules) => {
			const words = ['EXTENSIONS', 'REFUSED_KINDS'].flatMap((name) =>
				wordsOf('folder-watcher-any-provider', 'Look into the Folder', name),
			);

			expect(words).toEqual(expect.arrayContaining(namesTakenBy(rules)));
		},
	);

	it('google-drive-transcripts: only types of which its node can tell a name', () => {
		const { extensions } = transcriptonRules;

		for (const mimeType of wordsOf('google-drive-transcripts', 'New Files', 'TYPES')) {
			const { extension } = recordingIdentity({ fileName: 'Weekly sync', mimeType }, extensions);
			expect(extensions).toContain(extension);
		}
	});

	it('dropbox-captions: every name that its node takes', () => {
		const trigger = templateNamed('dropbox-captions').nodes.find(
			({ name }) => name === 'When a File Arrives',
		)!;

		expect(String(trigger.parameters.extensions).split(', ')).toEqual(
			sorted(namesTakenBy(whipscribeRules)),
		);
	});

	it.each([
		['guest-uploads', whipscribeRules],
		['compare-providers', transcriptonRules],
		['one-transcript-many-outputs', transcriptonRules],
	])('%s: every name that its node takes, in its form', (template, rules) => {
		const [, accepted] = /"acceptFileTypes":"([^"]*)"/.exec(
			JSON.stringify(templateNamed(template)),
		)!;

		expect(sorted(accepted!.split(/,\s*/))).toEqual(
			sorted(namesTakenBy(rules).map((extension) => `.${extension}`)),
		);
	});
});
