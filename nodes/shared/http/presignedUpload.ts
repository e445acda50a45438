import type { IExecuteFunctions } from 'n8n-workflow';

import { connectionFlaw } from './connection';
import type { ConnectionFlaw } from './connection';
import { apiError, providerWords } from '../core/errors';
import { cancelSignalOf } from '../core/provider';
import { RetryableFailure, withRetries } from '../core/retry';
import { settled } from '../core/settled';
import { LONGEST_RETRY_AFTER_SECONDS, retryAfterSeconds } from '../core/retryAfter';
import { requestSettings } from '../core/settings';
import { outageSecondsOf } from './outlasting';
import { isAway, mayBeInBetween, REFUSED_FOR_NOW } from './passing';
import { isWebPage } from './replyBody';
import type { Reply } from './replyBody';
import { StreamedFile } from './streamedFile';
import { sendUnauthenticated } from './transport';
import type { Outcome } from './transport';
import type { UploadFile } from '../files/upload';

/** Where to put a file, as a provider's presign call says. */
export interface PresignedTarget {
	/** The address, which is itself the permission: keep it out of every message. */
	url: string;
	/** Exactly the type that the address is signed for. */
	contentType: string;
}

/** An upload's place: where its bytes go, and what the provider calls it. */
export interface Minted<Upload> {
	target: PresignedTarget;
	upload: Upload;
}

/**
 * Uploads a file: asks for an address and puts the bytes there. Where that goes wrong a new address
 * is asked for, because one can be used only once; an outage is outlasted as one of the provider is.
 *
 * @param mint asks the provider for an address
 * @returns what the provider calls the upload
 * @throws NodeApiError where it cannot be uploaded
 */
export async function uploadPresigned<Upload>(
	context: IExecuteFunctions,
	itemIndex: number,
	file: UploadFile,
	mint: () => Promise<Minted<Upload>>,
): Promise<Upload> {
	const { maxRetries } = requestSettings(context, itemIndex);
	// the provider has just named the address: nobody can have mistyped it
	const outageSeconds = outageSecondsOf(maxRetries);
	let answers = 0;
	const attempt = async () => {
		const { target, upload } = await mint();
		const put = await settled(putFile(context, itemIndex, file, target, answers));
		if ('value' in put) return upload;
		if (put.failure instanceof RetryableFailure && !put.failure.isOutage) answers += 1;
		throw put.failure;
	};
	return await withRetries(attempt, { maxRetries, outageSeconds }, cancelSignalOf(context));
}

/**
 * Puts a file to a presigned address, streamed, without the credential.
 *
 * @param answersBefore how many times this file was put to other addresses that did not take it
 * @throws RetryableFailure where a new address may help, to which the file goes from its start:
 * nothing is paid for yet
 * @throws NodeApiError where a second address was refused as well, or the storage asks to wait for
 * longer than ten minutes
 */
export async function putFile(
	context: IExecuteFunctions,
	itemIndex: number,
	file: UploadFile,
	target: PresignedTarget,
	answersBefore: number,
): Promise<void> {
	const outcome = await sendUnauthenticated(context, {
		method: 'PUT',
		url: target.url,
		headers: { 'Content-Type': target.contentType, 'Content-Length': file.size },
		body: new StreamedFile(file, target.contentType),
		wants: 'bytes',
	});
	if ('reply' in outcome && isTaken(outcome.reply)) return;
	const asked = 'reply' in outcome ? (retryAfterSeconds(outcome.reply.headers) ?? 0) : 0;
	const isTooLong = asked > LONGEST_RETRY_AFTER_SECONDS;
	const error = uploadError(context, itemIndex, file, outcome, asked);
	// the first refusal may be an address that ran out on the way; the second is meant
	const isMeant = isRefusedByStorage(outcome) && answersBefore > 0;
	const isLasting = flawOf(outcome)?.passing === false;
	throw isMeant || isLasting || isTooLong
		? error
		: new RetryableFailure(error, asked, isOutage(outcome));
}

function flawOf(outcome: Outcome): ConnectionFlaw | undefined {
	return 'lost' in outcome ? connectionFlaw(outcome.lost.code) : undefined;
}

function isTaken(reply: Reply): boolean {
	return reply.status >= 200 && reply.status < 300 && !isWebPage(reply);
}

function isOutage(outcome: Outcome): boolean {
	return 'lost' in outcome || isAway(outcome.reply.status) || isPageInBetween(outcome);
}

/** Whether a page came that no storage sends: of a proxy, a firewall or a login page. */
function isPageInBetween(outcome: Outcome): boolean {
	if ('lost' in outcome) return false;
	const { status } = outcome.reply;
	const mayBe = (status >= 200 && status < 300) || mayBeInBetween(status);
	return mayBe && isWebPage(outcome.reply);
}

function isRefusedByStorage(outcome: Outcome): boolean {
	if ('lost' in outcome || isPageInBetween(outcome)) return false;
	const { status } = outcome.reply;
	return status < 500 && !REFUSED_FOR_NOW.includes(status);
}

function uploadError(
	context: IExecuteFunctions,
	itemIndex: number,
	file: UploadFile,
	outcome: Outcome,
	askedSeconds: number,
) {
	const asked = askedSeconds === 0 ? '' : `It asked to wait ${askedSeconds} seconds. `;
	const flaw = flawOf(outcome);
	return apiError(context.getNode(), {
		message: `The file "${file.name}" could not be uploaded: ${happenedIn(outcome)}`,
		description: `${asked}Nothing was charged for it. ${flaw?.advice ?? 'Check the connection, then run the node again.'}`,
		code: 'lost' in outcome ? outcome.lost.code : null,
		httpStatus: 'reply' in outcome ? outcome.reply.status : null,
		itemIndex,
	});
}

function happenedIn(outcome: Outcome): string {
	if (isPageInBetween(outcome)) return "a web page came in place of the storage's answer";
	if ('reply' in outcome) return `the storage answered with HTTP ${outcome.reply.status}`;
	const words = providerWords(outcome.lost);
	const flaw = flawOf(outcome);
	return flaw
		? `the storage cannot be reached, ${flaw.words}: ${words}`
		: `the connection was lost: ${words}`;
}
