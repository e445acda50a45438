export * from './binary';
export * from './callWebhook';
export { advanceSeconds, START, waits } from './clock';
export type { CredentialValues } from './credentials';
export * from './loadOptions';
export * from './pollNode';
export * from './runNode';
export type { NodeSetup } from './workflow';
