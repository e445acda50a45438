/** What came of a promise, as a value to look at instead of a throw. */
export async function settled<T>(
	promise: Promise<T>,
): Promise<{ value: T } | { failure: unknown }> {
	return await promise.then(
		(value) => ({ value }),
		(failure: unknown) => ({ failure }),
	);
}
