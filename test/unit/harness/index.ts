import { resetClock } from './clock';

export * from './binary';
export * from './callWebhook';
export { advanceSeconds, START, waits } from './clock';
export type { CredentialValues } from './credentials';
export * from './description';
export * from './form';
export * from './loadOptions';
export * from './pack';
export * from './pollNode';
export * from './runNode';
export * from './server';
export * from './testCredential';
export type { NodeSetup } from './workflow';

// whoever uses the harness gets the clock that stands still; other tests keep the real one
beforeEach(resetClock);
