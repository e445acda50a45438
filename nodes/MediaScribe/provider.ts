import { CERTIFICATE_CODES } from '../shared/http/connection';
import { frozen } from '../shared/core/frozen';
import type { Provider, ProviderError } from '../shared/core/provider';
import { objectOf, textOf } from '../shared/core/wireValues';

const TOKEN_HINT =
	'Open the credential and enter an API token. The appliance makes one under Settings, Configuration, Authentication, Manage, New API Token.';
const ADDRESS_HINT =
	"Check the credential's Base URL, such as http://192.168.1.20:8080 without a path, and Control Path in the options of Start and Stop.";
const CERTIFICATE_HINT =
	'Give the appliance a certificate that n8n trusts, or turn on Ignore SSL Issues in the credential where the network is your own.';

/** What `shared` has to know about MediaScribe. */
export const mediaScribe = frozen<Provider>({
	name: 'MediaScribe',
	credentialType: 'mediaScribeApi',
	secretFields: ['apiToken'],
	/** The vendor documents no envelope and no codes: only a sentence is looked for. */
	readError(body): ProviderError | undefined {
		const { message, error, detail, title } = objectOf(body);
		const said = [message, error, detail, title].map(textOf).find((text) => text !== null);
		return said ? { code: null, message: said } : undefined;
	},
	refusesWithPages: true,
	hints: {
		'401': TOKEN_HINT,
		'403': TOKEN_HINT,
		'404': ADDRESS_HINT,
		'405': ADDRESS_HINT,
		'409':
			'The appliance is busy with a recording: while it runs no other can be started and the preset cannot be changed. Stop it first.',
		...Object.fromEntries(CERTIFICATE_CODES.map((code) => [code, CERTIFICATE_HINT])),
	},
});
