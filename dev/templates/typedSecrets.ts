import type { WorkflowJson } from '../n8n/types';

/** Names of parameters, headers and settings whose value is a secret. */
const SECRET_NAME =
	/(api[-_ ]?key|access[-_ ]?key|token|secret|pass(word|wd|phrase)|authorization|cookie)$/i;

/** Forms of secrets, wherever they stand: in a parameter, an expression, code or a note. */
const SECRET_FORMS = [
	/\b(Bearer|Basic|Token) +(?![{$<])[\w.~+/=-]{8,}/i,
	/\b[a-z]{2,10}(_sk)?_(live|test|sk)_\w{6,}/i,
	/\b(sk|pk|ts|whsec|ghp|gho|ghs|github_pat|glpat|xox[abprs]|hf|npm)[-_][\w-]{12,}/,
	/\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
	/\bAIza[\w-]{30,}/,
	/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}/,
	/-----BEGIN [A-Z ]*PRIVATE KEY-----/,
	/:\/\/[^\s/:@{}]+:[^\s/@{}]+@/,
	/[?&](api_?key|key|token|access_token|sig|signature|x-amz-signature)=(?![{$<])[^&\s"'<>]{8,}/i,
	/\b(?=[a-z]*\d)[0-9a-f]{32,}\b/i,
	/(?<![\w/+-])(?=[\w+/]*[a-z])(?=[\w+/]*[A-Z])(?=[\w+/]*\d)[\w+/]{40,}={0,2}/,
];

/**
 * Where somebody has typed a key or token into a workflow. The secret itself is not named.
 *
 * @returns a place for each, e.g. 'HTTP Request: headerParameters.parameters.0.value'
 */
export function typedSecrets({ nodes }: WorkflowJson): string[] {
	return nodes.flatMap(({ name, parameters, notes }) =>
		placesIn({ ...parameters, notes }, '', '').map((place) => `${name}: ${place}`),
	);
}

/** @param called what the value is called, by its key or by the name beside it */
function placesIn(value: unknown, place: string, called: string): string[] {
	if (typeof value === 'string') return isSecret(value, called) ? [place] : [];
	if (typeof value !== 'object' || value === null) return [];
	const { name } = value as { name?: unknown };
	return Object.entries(value).flatMap(([key, each]) => {
		const isNamedBeside = /^value$|Value$/.test(key) && typeof name === 'string';
		return placesIn(each, place ? `${place}.${key}` : key, isNamedBeside ? name : key);
	});
}

function isSecret(value: string, called: string): boolean {
	// what an expression reads is not typed; what it spells out has one of the forms
	const isLiteral = value.trim() !== '' && !value.startsWith('=');
	return (isLiteral && SECRET_NAME.test(called)) || SECRET_FORMS.some((form) => form.test(value));
}
