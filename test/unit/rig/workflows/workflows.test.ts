import packageJson from '../../../../package.json';
import { versionOf } from '../../../rig/workflows/workflows';
import { packNodes } from '../../harness';

it.each(packNodes().map(({ description }) => description))(
	'makes nodes of the latest version of $displayName, as whoever adds one gets it',
	({ name, version, defaultVersion }) => {
		expect(versionOf(`${packageJson.name}.${name}`)).toBe(defaultVersion ?? version);
	},
);
