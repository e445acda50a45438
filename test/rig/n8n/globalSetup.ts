import { preparedFolder } from '../../../dev/n8n/prepared';
import { packTarball } from '../../../dev/pack';
import { makeSharedFolder } from './sharedFolder';

/** Makes what every suite begins with, once and before several suites want it at the same time. */
export default async function setUp(): Promise<void> {
	await Promise.all([packTarball(), preparedFolder(), makeSharedFolder()]);
}
