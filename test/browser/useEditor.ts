import { Editor } from './editor';

/**
 * Opens an editor for the tests of a file, and closes it after them. A test fails where the editor has
 * complained of something meanwhile.
 *
 * @param begin takes the editor, and does what else comes before the tests
 * @param open takes the page that the suites share, or another
 */
export function useEditor(
	begin: (editor: Editor) => void | Promise<void>,
	open = async () => await Editor.open(),
): void {
	let editor: Editor | undefined;

	beforeAll(async () => {
		editor = await open();
		await begin(editor);
	});

	afterEach(() => {
		expect(editor!.takeTroubles()).toEqual([]);
	});

	afterAll(async () => {
		await editor?.close();
	});
}
