import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../dev/paths';
import { picturesInDocs } from './docs';
import { pictureNames } from './pictures';

describe('the docs', () => {
	it('show only pictures that these tests take', async () => {
		const shown = await picturesInDocs();

		expect(shown.length).toBeGreaterThan(0);
		expect(shown.filter((name) => !pictureNames.includes(name))).toEqual([]);
	});

	it('show only pictures that are there', async () => {
		const fileOf = (name: string) => join(projectFolder, 'docs', 'pictures', `${name}.png`);

		expect((await picturesInDocs()).filter((name) => !existsSync(fileOf(name)))).toEqual([]);
	});
});
