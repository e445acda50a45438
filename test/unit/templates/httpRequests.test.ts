import type { INode } from 'n8n-workflow';
import { readTemplate, templateNames } from '../../../dev/templates/template';

const TYPE = 'n8n-nodes-base.httpRequest';

/** The format of its reply that an HTTP Request node is told of. */
function replyFormatOf({ parameters }: INode): string | undefined {
	const options = parameters.options as { response?: { response?: { responseFormat?: string } } };
	return options.response?.response?.responseFormat;
}

describe('an HTTP Request node of a template', () => {
	// n8n 2.41 reads a reply of unknown format after all others have come: for one that has broken off meanwhile it
	// waits five minutes (N8N_HTTP_RESPONSE_BODY_READ_TIMEOUT), and then the node fails for all
	it.each(templateNames())('is told the format of its reply: %s', async (name) => {
		const { nodes } = await readTemplate(name);
		const requests = nodes.filter(({ type }) => type === TYPE);

		for (const request of requests) {
			expect([request.name, replyFormatOf(request)]).toEqual([
				request.name,
				expect.stringMatching(/^(json|text|file)$/),
			]);
		}
	});
});
