import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { safeText } from '../shared/core/safeText';
import { anyTextOf, numberOf } from '../shared/core/wireValues';

/**
 * A number that was entered, from 0.
 *
 * @param label the field's name in the panel
 * @throws NodeOperationError where it is none, or below 0
 */
export function numberFrom(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	label: string,
	kind: 'number' | 'whole number' = 'number',
): number {
	const given = context.getNodeParameter(name, itemIndex) as unknown;
	const number = numberOf(given) ?? -1;
	if (number >= 0 && (kind === 'number' || Number.isInteger(number))) return number;
	const shown = safeText(anyTextOf(given) ?? '').slice(0, 60);
	throw inputError(context.getNode(), `${label} is no ${kind} from 0`, {
		description: `It is "${shown}". Enter a number. If the field holds an expression, look at what that gives for this item.`,
		itemIndex,
	});
}
