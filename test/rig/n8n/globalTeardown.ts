import { removeSharedFolder } from './sharedFolder';

/** Ends what suites have shared. */
export default async function tearDown(): Promise<void> {
	await removeSharedFolder();
}
