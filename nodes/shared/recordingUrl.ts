import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isHttpUrl } from './credentialText';
import { inputError } from './errors';

const TEXT = { type: 'string' } as const;

/**
 * The link to a recording, shown for the input type `url`.
 *
 * @param description what the provider takes
 */
export function urlField(description: string): INodeProperties {
	return {
		...TEXT,
		displayName: 'URL',
		name: 'url',
		displayOptions: { show: { inputType: ['url'] } },
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/meeting.mp3',
		description,
	};
}

/**
 * The item's link to a recording, checked.
 *
 * @param mostCharacters how long it may be for the provider
 * @throws NodeOperationError where it is empty, too long, or no http or https URL
 */
export function recordingUrlOf(
	context: IExecuteFunctions,
	itemIndex: number,
	mostCharacters = Infinity,
): string {
	const url = String(context.getNodeParameter('url', itemIndex, '')).trim();
	const flaw = urlFlaw(url, mostCharacters);
	if (flaw) throw inputError(context.getNode(), `URL ${flaw}`, { itemIndex });
	return url;
}

function urlFlaw(url: string, mostCharacters: number): string | undefined {
	if (url === '') return 'is empty';
	if (!isHttpUrl(url)) return 'must begin with http:// or https://';
	return url.length > mostCharacters ? `must have at most ${mostCharacters} characters` : undefined;
}
