import type {
	ICredentialType,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

import type { ApiCall } from '../../../nodes/shared/http/apiCall';
import { propertiesOf, runOperation } from '../../../nodes/shared/operation/operation';
import { optionsField, requestOptions } from '../../../nodes/shared/fields/optionFields';
import type { JobProvider } from '../../../nodes/shared/core/provider';
import { objectOf, textOf } from '../../../nodes/shared/core/wireValues';

export const PROBE_URL = 'https://probe.example';
export const PROBE_KEY = 'sk_live_probe_0123456789abcdef';

/** A provider that exists nowhere, to try the shared modules without any one vendor's rules. */
export const probeProvider: JobProvider = {
	name: 'Probe',
	readWith: 'Thing: Wait or Thing: Get',
	listWith: 'Thing: Get Many',
	goneCodes: ['NO_SUCH_THING'],
	credentialType: 'probeApi',
	secretFields: ['apiKey'],
	readError(body) {
		const { error } = objectOf(body);
		if (!error) return undefined;
		const { code, message } = objectOf(error);
		return { code: textOf(code), message: textOf(message) ?? '' };
	},
	hints: { NO_FUNDS: 'Add funds.' },
};

/** A call that reads of it. */
export const READ: ApiCall = {
	endpoint: { name: 'read things', requestsPerMinute: 0 },
	method: 'GET',
	path: '/things',
	expects: 'json',
	resendable: true,
};

const probeApi: ICredentialType = {
	name: 'probeApi',
	displayName: 'Probe API',
	properties: [
		{ displayName: 'API Key', name: 'apiKey', type: 'string', default: PROBE_KEY },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: `${PROBE_URL}/v1` },
	],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '={{ $credentials.apiKey }}' } },
	},
};

type Work = (context: IExecuteFunctions, itemIndex: number) => Promise<INodeExecutionData[]>;

interface ProbeFields {
	fields?: INodeProperties[];
	/** Options beside those of every operation; n8n drops what is not declared. */
	options?: INodeProperties[];
}

/** A node whose one operation does with each item what a test wants to see done. */
export function probe(run: Work, { fields = [], options = [] }: ProbeFields = {}) {
	const operation = {
		value: 'do',
		name: 'Do',
		action: 'Do it',
		description: 'Do it',
		fields: [...fields, optionsField([...requestOptions, ...options])],
		run,
	};
	const resources = [{ value: 'thing', name: 'Thing', operations: [operation] }];
	const node = {
		description: {
			displayName: 'Probe',
			name: 'probe',
			group: ['transform'],
			version: 1,
			description: 'Does what a test says',
			defaults: { name: 'Probe' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'probeApi', required: true }],
			properties: propertiesOf(resources),
		},
		async execute(this: IExecuteFunctions) {
			return await runOperation(this, resources);
		},
	} as INodeType;
	return { node, credentialTypes: [probeApi], credentials: { probeApi: {} } };
}
