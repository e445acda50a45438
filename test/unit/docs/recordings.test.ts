import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../../dev/paths';
import { fileRules as scriptivoxRules } from '../../../nodes/Scriptivox/files';
import { fileRules as transcriptonRules } from '../../../nodes/Transcripton/files';
import { fileRules as whipscribeRules } from '../../../nodes/Whipscribe/files';
import { recordingIdentity } from '../../../nodes/shared/files/fileIdentity';
import { RECORDING_KINDS } from '../../../nodes/shared/files/fileKinds';
import type { FileKind } from '../../../nodes/shared/files/fileKinds';
import type { FileRules } from '../../../nodes/shared/files/upload';

const page = readFileSync(join(projectFolder, 'docs', 'recordings.md'), 'utf8');
const PROVIDERS = [scriptivoxRules, whipscribeRules, transcriptonRules];

/** The extension under which a provider is sent a recording of no name. */
function sentAs({ names }: FileKind, { extensions }: FileRules): string {
	const { extension } = recordingIdentity({ fileExtension: names[0] }, extensions);
	return extensions.includes(extension) ? extension : '–';
}

function rowOf(cells: string[]): string {
	return `| ${cells.join(' | ')} |`;
}

describe('the page on recordings', () => {
	it('has the kinds and names that the nodes know, as the nodes send them', () => {
		const table = [
			rowOf(['names', 'usual type', ...PROVIDERS.map(({ provider }) => provider)]),
			rowOf(['---', '---', ...PROVIDERS.map(() => '---')]),
			...RECORDING_KINDS.map((kind) =>
				rowOf([
					kind.names.join(' '),
					`\`${kind.type}\``,
					...PROVIDERS.map((rules) => sentAs(kind, rules)),
				]),
			),
		];

		expect(page.split('\n').filter((line) => line.startsWith('| '))).toEqual(table);
	});
});
