import nock from 'nock';
import type { INodeExecutionData } from 'n8n-workflow';

import { binaryItem, errorOf, useBinaryStorage } from '../../harness';
import { SENDERS } from '../../harness/senders';

const SOUND = Buffer.from('sound of speech');
const MP4 = Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2', 'latin1');
const PAGE = Buffer.from('<!DOCTYPE html><title>Sign in</title>');
const WAVE = Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1');
const OPUS = Buffer.from(`OggS\0\x02${'\0'.repeat(20)}\x01\x13OpusHead`, 'latin1');

describe.each(SENDERS)('name and contents that disagree, with $provider', (sender) => {
	beforeAll(async () => await useBinaryStorage('filesystem'));
	const memo = async (bytes: Buffer, fileName = 'memo.mp3') =>
		await binaryItem(bytes, { fileName, mimeType: 'audio/mpeg' });
	const failed = async (item: INodeExecutionData) => {
		sender.expectFile();
		sender.failJob();
		return await errorOf(sender.send(item, { wait: 'poll' }));
	};

	it.each([
		['an MP4', MP4, 'says mp3, its first bytes say mp4'],
		['a web page', PAGE, 'says mp3, its first bytes say html'],
		['a WAV', WAVE, 'says mp3, its first bytes say wav'],
	])('are named where it refuses %s called memo.mp3', async (_what, bytes, words) => {
		sender.refuseFile();

		const error = await errorOf(sender.send(await memo(bytes)));

		expect(error.message).toContain('Not supported');
		expect(error.description).toContain(words);
		expect(error.description).toContain('name and contents disagree');
	});

	it.each([
		['an MP4', MP4, 'says mp3, its first bytes say mp4'],
		['Opus', OPUS, 'says mp3, its first bytes say opus'],
	])('are named, with the job’s ID, where the job of %s fails', async (_what, bytes, words) => {
		const error = await failed(await memo(bytes));

		expect(error.description).toContain(words);
		expect(error.description).toContain(sender.jobId);
	});

	it.each([
		['an MP3', Buffer.from([0xff, 0xfb, 0x90, 0x64]), 'memo.mp3'],
		['an MP4 called .m4a', MP4, 'memo.m4a'],
		['an MP4 called .mov', MP4, 'memo.mov'],
		['bytes that say nothing', SOUND, 'memo.mp3'],
	])('are not named where they agree: %s', async (_what, bytes, fileName) => {
		const error = await failed(await memo(bytes, fileName));

		expect(error.description).not.toContain('disagree');
	});

	it('are not looked for where the provider refuses something else', async () => {
		nock(/./)
			.post(/./)
			.reply(402, { error: { code: 'ZERO_BALANCE' }, detail: 'Pay first' });

		const error = await errorOf(sender.send(await memo(MP4)));

		expect(error.description).not.toContain('disagree');
	});
});
