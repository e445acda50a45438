import { join, resolve } from 'node:path';

/** The folder of the project: where package.json is. */
export const projectFolder = resolve(__dirname, '..');

/** Everything that the development tasks make and keep; git ignores it. */
export const workFolder = join(projectFolder, '.n8n-dev');

/** Where the pinned n8n and its Node.js are installed. */
export const n8nFolder = join(projectFolder, 'dev', 'n8n');

/** The sample recordings. */
export const samplesFolder = join(projectFolder, 'dev', 'samples');

/** Where the packed tarball of the pack goes. */
export const packFolder = join(workFolder, 'pack');
