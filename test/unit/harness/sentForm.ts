import type { IDataObject } from 'n8n-workflow';
import type { Scope } from 'nock';

import { parseForm } from './form';
import type { ParsedForm } from './form';

/** A form as it arrived, and as an independent parser reads it. */
export interface SentForm extends ParsedForm {
	headers: Record<string, string>;
	/** Bytes of the whole body. */
	size: number;
}

/** Lets a path take a form with 202, and gives what was sent. */
export async function expectForm(api: Scope, path: string, reply: IDataObject): Promise<SentForm> {
	return await new Promise((resolve) => {
		api.post(path).reply(async function () {
			const { headers, requestBodyBuffers } = this.req as unknown as {
				headers: Record<string, string>;
				requestBodyBuffers: Buffer[];
			};
			const body = Buffer.concat(requestBodyBuffers);
			const form = await parseForm(headers, body);
			resolve({ ...form, headers, size: body.length });
			return [202, reply];
		});
	});
}
