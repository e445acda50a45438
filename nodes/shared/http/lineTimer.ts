import { sleep } from '../core/sleep';

/** Waits while a line is watched: beside the work, and never for it. */
export const lineTimer = sleep;
