import { errorOf, everythingSaidBy } from './runNode';

/**
 * What tests make sure of in a provider's errors.
 *
 * @param secrets what none of them may say
 */
export function errorChecks(secrets: string[]) {
	/** Makes sure that nothing that can be read of an error is secret. */
	const expectNoSecretIn = (error: unknown): void => {
		for (const secret of secrets) expect(everythingSaidBy(error)).not.toContain(secret);
	};

	/** Makes sure that an error says the provider's words, the item and what to do, and no secret. */
	const expectExplained = async (
		operation: Promise<unknown>,
		{ status, code }: { status: number; code: string },
	): Promise<void> => {
		const error = await errorOf(operation);
		expect(error.message).toContain(`Because of ${code} (${code})`);
		expect(error.message).toContain('[item 0]');
		expect(error.httpCode).toBe(String(status));
		expect(error.context).toMatchObject({ code, httpStatus: status, itemIndex: 0 });
		expect(String(error.description).length).toBeGreaterThan(20);
		expectNoSecretIn(error);
	};

	return { expectExplained, expectNoSecretIn };
}
