import type { Locator, Page } from 'playwright-core';
import { lookUntil } from '../../dev/lookUntil';

/** n8n takes over what is typed a moment later. */
const SETTLING_MILLISECONDS = 700;
const CLOSING_SECONDS = 10;

/** The dialog in which a person makes a credential. */
export class CredentialDialog {
	constructor(private readonly page: Page) {}

	/** Opens it on the page of all credentials for a new one, by the name of its type as people read it. */
	async open(displayName: string): Promise<void> {
		await this.page.getByTestId('add-resource-credential').click();
		await this.page.getByTestId('new-credential-type-select').locator('input').fill(displayName);
		const option = this.page.getByTestId('new-credential-type-select-option');
		await option.filter({ hasText: displayName }).first().click();
		await this.page.getByTestId('new-credential-type-button').click();
		await this.dialog().getByTestId('credential-connection-parameter').first().waitFor();
	}

	/** Closes it, whether what is in it works or not. */
	async close(): Promise<void> {
		const question = this.page.getByRole('dialog', { name: 'Close without connecting?' });
		const close = question.getByRole('button', { name: 'Close', exact: true });
		await this.page.keyboard.press('Escape');
		await lookUntil(CLOSING_SECONDS, async () => {
			if (await close.isVisible()) await close.click();
			return (await this.dialog().isHidden()) || undefined;
		});
		await this.dialog().waitFor({ state: 'hidden' });
	}

	/** The labels of its fields. */
	async labels(): Promise<string[]> {
		const labels = this.dialog().getByTestId('credential-connection-parameter').locator('label');
		const texts = await labels.allInnerTexts();
		return texts.map((text) => (text.split('\n')[0] ?? '').replace(/\*$/, '').trim());
	}

	/** Types into a field. */
	async fill(field: string, value: string): Promise<void> {
		const input = this.dialog().getByTestId(field).getByTestId('parameter-input-field');
		await input.fill(value);
		await input.press('Tab');
	}

	/**
	 * Presses Save, which also tests the credential.
	 *
	 * @returns what the dialog says then
	 */
	async save(): Promise<string> {
		await this.press();
		const verdict = /Connection tested successfully|Couldn.t connect with these settings/;
		const banner = this.dialog().getByText(verdict).filter({ visible: true }).first();
		await banner.waitFor();
		return await banner.innerText();
	}

	/** Presses Save, and waits until the credential was tested. */
	async press(): Promise<void> {
		await this.page.waitForTimeout(SETTLING_MILLISECONDS);
		const tested = this.page.waitForResponse((answer) =>
			answer.url().endsWith('/rest/credentials/test'),
		);
		await this.dialog().getByTestId('credential-save-button').getByRole('button').click();
		await tested;
	}

	private dialog(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}
}
