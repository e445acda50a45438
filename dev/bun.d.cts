/** See bun.cjs. */
export function bunIn(folder: string): string | undefined;
export function installArguments(folder: string): string[];
export function isLocked(folder: string): boolean;
export function isNotedIn(folder: string): boolean;
export function noteIn(folder: string): void;
