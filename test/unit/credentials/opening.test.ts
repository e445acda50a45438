import { packCredentialTypes } from '../harness';

const types = packCredentialTypes().map((type) => [type.displayName, type] as const);

// the first thing that a person asks, before any field
describe.each(types)('the dialog of the credential %s', (_name, { properties }) => {
	const [first] = properties.filter(({ type }) => type !== 'hidden');

	it('opens with a line on where to get a key, with a link to it', () => {
		expect(first).toMatchObject({ type: 'notice' });
		expect(first!.displayName).toMatch(/<a href="https:\/\/[^"]+" target="_blank">[^<]+<\/a>/);
	});

	it('says there what plan it needs', () => {
		expect(first!.displayName).toMatch(/\bplan\b/);
	});
});
