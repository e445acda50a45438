import type { ICredentialType } from 'n8n-workflow';
import { CredentialDialog } from './credentialDialog';
import type { Editor } from './editor';
import { credentialNames, credentialType } from './packNodes';
import { useEditor } from './useEditor';

let editor: Editor;
let dialog: CredentialDialog;

afterEach(async () => {
	await dialog.close();
});

useEditor(async (opened) => {
	editor = opened;
	dialog = new CredentialDialog(editor.page);
	await editor.goTo('/home/credentials');
});

/** The fields that everybody sees; n8n adds some of its own to each credential. */
function labelsOf({ name, properties }: ICredentialType): string[] {
	const shown = properties.filter(
		({ type, displayOptions }) => type !== 'hidden' && type !== 'notice' && !displayOptions,
	);
	const inherited = name.includes('OAuth2') ? ['Client ID', 'Client Secret'] : [];
	return [...inherited, ...shown.map(({ displayName }) => displayName)];
}

// whether a login through the browser works can only the provider's own page tell
const withKey = credentialNames.filter((name) => !name.includes('OAuth2'));

describe('the dialog of a credential', () => {
	it.each(credentialNames)('has the fields of %s', async (name) => {
		const type = await credentialType(editor.client, name);

		await dialog.open(type.displayName);

		expect(await dialog.labels()).toEqual(expect.arrayContaining(labelsOf(type)));
	});

	it.each(withKey)('says of %s whether the provider takes its key', async (name) => {
		const type = await credentialType(editor.client, name);
		const { data } = editor.stage.credentials.find((each) => each.type === name)!;
		const secret = type.properties.find(({ typeOptions }) => typeOptions?.password)!.name;

		await dialog.open(type.displayName);
		for (const [field, value] of Object.entries(data)) await dialog.fill(field, String(value));
		await dialog.fill(secret, 'wrong');
		const refused = await dialog.save();
		await dialog.fill(secret, String(data[secret]));
		const accepted = await dialog.save();

		expect(refused).toContain('connect with these settings');
		expect(accepted).toContain('Connection tested successfully');
	});
});
