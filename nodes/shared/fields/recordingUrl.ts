import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isHttpUrl } from '../core/credentialText';
import { inputError } from '../core/errors';
import type { Provider } from '../core/provider';
import { nameInLink } from '../files/exportName';
import { canReach } from '../http/reach';

/**
 * The link to a recording, shown for the input type `url`.
 *
 * @param description what the provider takes
 */
export function urlField(description: string): INodeProperties {
	return {
		displayName: 'URL',
		name: 'url',
		type: 'string',
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
 * @throws NodeOperationError where it is empty, too long, no http or https URL, or local while the
 * provider is not
 */
export async function recordingUrlOf(
	context: IExecuteFunctions,
	itemIndex: number,
	provider: Provider,
	mostCharacters = Infinity,
): Promise<string> {
	const url = String(context.getNodeParameter('url', itemIndex, '')).trim();
	const flaw = urlFlaw(url, mostCharacters);
	if (flaw) {
		throw inputError(context.getNode(), `URL ${flaw}`, {
			description:
				'Enter the whole link to the recording, such as https://example.com/meeting.mp3. If it is too long, read the file with n8n and choose Binary File.',
			itemIndex,
		});
	}
	if (await canReach(context, provider, url, itemIndex)) return url;
	throw inputError(
		context.getNode(),
		`URL leads into a network that ${provider.name} cannot reach`,
		{
			description: `Nobody on the internet can open an address at ${new URL(url).hostname}. Use a link that anybody on the internet can open, or read the file with n8n and choose Binary File.`,
			itemIndex,
		},
	);
}

/** The name of the recording that the item links to; null where it does not show, or comes otherwise. */
export function linkedRecording(context: IExecuteFunctions, itemIndex: number): string | null {
	if (context.getNodeParameter('inputType', itemIndex) !== 'url') return null;
	return nameInLink(context.getNodeParameter('url', itemIndex, ''));
}

function urlFlaw(url: string, mostCharacters: number): string | undefined {
	if (url === '') return 'is empty';
	if (!isHttpUrl(url)) return 'must begin with http:// or https://';
	return url.length > mostCharacters ? `must have at most ${mostCharacters} characters` : undefined;
}
