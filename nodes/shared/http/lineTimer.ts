import { sleep } from '../core/sleep';

/** Waits while a line is watched: beside the work, and never for it. */
export const lineTimer = sleep;

/** Why a watch ends. One for all: without it each abort would make an error of its own, with its stack. */
export const OVER = new Error('the request is over');
