import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../../dev/paths';

/** The text of a page, such as `docs/scaling.md`. */
export function textOf(page: string): string {
	return readFileSync(join(projectFolder, page), 'utf8');
}
