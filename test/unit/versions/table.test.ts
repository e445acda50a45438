import { tableOf } from '../../../dev/versions/table';

const older = {
	what: 'newest 1.x',
	version: '1.123.81',
	node: 'v22.1.0',
	findings: { Loads: 'yes', 'Template b': 'needs 2.33.2', 'Template a': 'yes', Parks: 'refused' },
};
const newer = { ...older, what: 'newest 2.x', version: '2.41.1', findings: { Loads: 'yes' } };

describe('the table of docs/versions.md', () => {
	it('has a column for each version and a row for each finding, templates last by name', () => {
		expect(tableOf([older, newer]).split('\n')).toEqual([
			'|  | n8n 1.123.81 | n8n 2.41.1 |',
			'| --- | --- | --- |',
			'|  | newest 1.x | newest 2.x |',
			'| Run by Node.js | 22.1.0 | 22.1.0 |',
			'| Loads | yes | yes |',
			'| Parks | refused | not tried |',
			'| Template a | yes | not tried |',
			'| Template b | needs 2.33.2 | not tried |',
		]);
	});

	it('says which versions npm could not install', () => {
		expect(tableOf([older], ['2.41.3', '2.41.2'])).toContain(
			'npm could not install n8n 2.41.3, 2.41.2',
		);
		expect(tableOf([older])).not.toContain('could not');
	});
});
