// @ts-check

const TEMPORARY = [429, 500, 502, 503, 504];
const MOST_CHARACTERS = 500;

/**
 * What failed, and what its error says of itself.
 *
 * @param {CodeNode} n8n
 */
export function failureOf({ $ }) {
	const { execution, trigger, workflow } = $('When a Workflow Fails').first().json;
	const error = execution?.error ?? trigger?.error ?? {};
	const advice = String(error.description ?? '');
	const failedId = execution?.id ?? `trigger of ${workflow.id}`;
	const status = Number(error.context?.httpStatus ?? error.httpCode);
	return [
		{
			json: {
				executionId: execution?.retryOf ?? failedId,
				// a retry that was parked: its row may have followed it
				failedId,
				url: execution?.url ?? '',
				workflow: workflow.name,
				node: error.node?.name ?? '',
				code: codeOf(error),
				message: cut(error.message || 'No reason was given.'),
				advice: cut(advice),
				isTranscription: String(error.node?.type ?? '').startsWith('n8n-nodes-transcription.'),
				// n8n itself failed, e.g. its database was away
				isOfN8n: execution !== undefined && !error.node,
				isTemporary: TEMPORARY.includes(status),
				mayHaveArrived: advice.includes('may have arrived'),
			},
		},
	];
}

/** The code that the error carries, or the one that its message ends with. */
function codeOf({ context, message }) {
	const inMessage = /\(([A-Za-z][A-Za-z0-9_]+)\)( \[item \d+\])?$/;
	return String(context?.code ?? inMessage.exec(String(message ?? ''))?.[1] ?? '');
}

/** @param {unknown} text */
function cut(text) {
	return Array.from(String(text)).slice(0, MOST_CHARACTERS).join('');
}
