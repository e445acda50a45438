// @ts-check

/**
 * The recording of the form, beside what is known of it: the newest of the jobs that the same guest
 * has had of it.
 *
 * @param {CodeNode} n8n
 */
export function guestRecording({ $, $input }) {
	const { json: form, binary } = $('Send a Recording').first();
	const { contentHash } = $('Hash Recording').first().json;
	const { id, jobId, claimToken, state, attempts } = $input.all().at(-1)?.json ?? {};
	const email = form.email.trim().toLowerCase();
	const known = { id, jobId, claimToken, state, attempts: attempts ?? 0 };
	return [{ json: { ...known, email, contentHash, sender: `${email} ${contentHash}` }, binary }];
}
