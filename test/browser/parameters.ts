import type { INodeProperties } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

/** What a person chooses with the mouse: an option's value, or a switch. */
export type Choice = string | number | boolean;

/** How long n8n takes at most to draw what a choice leads to. */
const DRAWING_MILLISECONDS = 1000;
const LOOK_AGAIN_MILLISECONDS = 50;

/** The parameters in a node's panel, as a person sees them. */
export class Parameters {
	constructor(private readonly page: Page) {}

	/** Waits until the panel is there. */
	async waitFor(): Promise<void> {
		await this.list().getByTestId('parameter-item').first().waitFor();
	}

	/** Chooses a value of a parameter: from its list, or by its switch. */
	async choose({ name, type, options }: INodeProperties, value: Choice): Promise<void> {
		const field = this.list().getByTestId(`parameter-input-${name}`);
		if (type === 'boolean') return await turn(field, value === true);
		const option = options?.find((each) => 'value' in each && each.value === value);
		if (!option) throw new Error(`${name} cannot be ${value}.`);
		const choices = await this.open(field.getByRole('combobox'));
		const title = this.page.getByText(option.name, { exact: true });
		await choices.filter({ has: title }).first().click();
		await choices.first().waitFor({ state: 'hidden' });
	}

	/** Whether the panel shows a parameter; what was just chosen may take a moment to bring it. */
	async shows(property: INodeProperties): Promise<boolean> {
		const deadline = Date.now() + DRAWING_MILLISECONDS;
		while (!(await this.showsNow(property))) {
			if (Date.now() > deadline) return false;
			await this.page.waitForTimeout(LOOK_AGAIN_MILLISECONDS);
		}
		return true;
	}

	private async showsNow({ displayName, type }: INodeProperties): Promise<boolean> {
		if (type !== 'notice') return (await this.labels()).includes(displayName);
		const text = displayName.replace(/<[^>]*>/g, '');
		return (await this.list().innerText()).includes(text);
	}

	/** What the button "Add option" (or field, or filter) of a collection offers. */
	async offered({ displayName, options }: INodeProperties): Promise<string[]> {
		const label = this.page.locator('label', { hasText: exactly(displayName) });
		const collection = this.list().getByTestId('parameter-item').filter({ has: label });
		const button = collection.locator('[data-test-id^="collection-parameter-add"]').first();
		// the only one that there is is added at once
		if (options?.length === 1) {
			await button.click();
			return await this.labels();
		}
		const choices = await this.open(button.getByRole('combobox'));
		const names = await choices.allInnerTexts();
		await this.page.keyboard.press('Escape');
		await choices.first().waitFor({ state: 'hidden' });
		return names.map((name) => name.trim());
	}

	private async labels(): Promise<string[]> {
		const texts = await this.list().locator('label:visible').allInnerTexts();
		return texts.map((text) => (text.split('\n')[0] ?? '').replace(/\*$/, '').trim());
	}

	/** Opens a list of choices; n8n puts it elsewhere on the page. */
	private async open(box: Locator): Promise<Locator> {
		await box.click();
		const list = this.page.locator(`[id="${await box.getAttribute('aria-controls')}"]`);
		await list.getByRole('option').first().waitFor();
		return list.getByRole('option');
	}

	private list(): Locator {
		return this.page.getByTestId('node-parameters').first();
	}
}

async function turn(field: Locator, on: boolean): Promise<void> {
	const isOn = (await field.getByRole('switch').getAttribute('aria-checked')) === 'true';
	if (isOn !== on) await field.locator('.el-switch').click();
}

function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[^\w\s]/g, '\\$&')}\\s*$`);
}
