/** Whether a folder's node_modules holds what its package-lock.json asks for. */
export declare function isInstalled(folder: string): boolean;
