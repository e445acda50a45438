import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOfN8n } from '../../dev/n8n/installation';
import { isAtLeast } from '../../dev/versions/registry';
import { findingsOf } from '../../dev/versions/findings';

interface Manifest {
	version: string;
	dependencies: Record<string, string>;
}

const manifest = JSON.parse(
	readFileSync(join(folderOfN8n(), 'node_modules', 'n8n', 'package.json'), 'utf8'),
) as Manifest;

/** The version of the n8n that runs. */
export const { version } = manifest;

/** The packages that n8n brings itself: all that a pack finds in n8n's container. */
export const broughtPackages = Object.keys(manifest.dependencies);

/** Whether waiting for a callback is possible; the node's own refusal names the same version. */
export const canPark = isAtLeast(version, '2.15.0');

/** Notes for docs/versions.md what was found of this version. */
export const found = findingsOf(version).add;
