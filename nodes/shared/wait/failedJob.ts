import type { IExecuteFunctions, NodeApiError } from 'n8n-workflow';

import { markFailed } from '../operation/begun';
import { secretsOf } from '../core/credential';
import { apiError, providerWords } from '../core/errors';
import { hintFor } from '../core/provider';
import type { Provider, ProviderError } from '../core/provider';
import { safeText } from '../core/safeText';

const TRANSCRIBE = 'transcribe the recording';

/**
 * A job that was started and ended without a result. Where n8n runs the item again, another job is
 * started.
 *
 * @param reason what the provider says about it; null where it says nothing
 * @param task what the job was to do
 */
export async function failedJobError(
	context: IExecuteFunctions,
	itemIndex: number,
	provider: Provider,
	jobId: string,
	reason: ProviderError | null,
	task = TRANSCRIBE,
): Promise<NodeApiError> {
	const { code, message } = reason ?? { code: null, message: 'no reason given' };
	const secrets = await secretsOf(context, provider, itemIndex);
	const hint = hintFor(provider, code) ?? adviceFor(task);
	markFailed(context, itemIndex);
	const error = apiError(context.getNode(), {
		message: `${provider.name} could not ${task}: ${providerWords({ code, message }, secrets)}`,
		description: `${hint} Its job has the ID ${safeText(jobId, secrets)}.`,
		code: code === null ? null : safeText(code, secrets),
		httpStatus: null,
		mayBeTheFile: true,
		itemIndex,
	});
	error.context.jobId = safeText(jobId, secrets);
	return error;
}

/** What to do about a job that failed. The node may have only waited for it: running that again gives the same. */
function adviceFor(task: string): string {
	return task === TRANSCRIBE
		? 'Check that the recording plays, then transcribe it again.'
		: 'Check what it was given, then start it again.';
}
