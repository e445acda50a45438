import { binaryItem, parseForm, useBinaryStorage } from '../../harness';
import type { BinaryStorage } from '../../harness';
import { MEGABYTE, put, run, sendForm, throttled } from '../lines';

const STILL_SECONDS = 6;

// the same code on real sockets and a real clock, with shorter limits
jest.mock('../../../../nodes/shared/http/lineLimits', () => ({
	LINE_LIMITS: { replySeconds: 6, bodySeconds: 6, replyBytes: 1024 ** 2, refusalBytes: 1024 ** 2 },
}));

describe('a line on which bytes go on arriving', () => {
	it('is not cut, shared by ten uploads that take far longer than it may be still', async () => {
		await useBinaryStorage('filesystem');
		const files = Array.from({ length: 10 }, (_, n) => Buffer.alloc(8 * MEGABYTE, `file ${n} `));
		const items = await Promise.all(files.map(async (bytes) => await binaryItem(bytes)));
		const arrived: Array<Promise<Buffer>> = [];
		throttled(10 * MEGABYTE, ({ headers }, body) => {
			arrived.push(parseForm(headers, body).then(({ files: { file } }) => file!.bytes));
		});
		const begun = performance.now();

		await run(sendForm(false), { items, parameters: { options: { maxParallel: 10 } } });

		const sent = await Promise.all(arrived);
		expect(sent).toHaveLength(10);
		for (const bytes of files) expect(sent.some((got) => got.equals(bytes))).toBe(true);
		// else it proves nothing
		expect(performance.now() - begun).toBeGreaterThan(1.2 * STILL_SECONDS * 1000);
	});

	it.each<BinaryStorage>(['filesystem', 'memory'])(
		'is not cut under a form and a presigned upload from %s',
		async (storage) => {
			await useBinaryStorage(storage);
			const item = async () => await binaryItem(Buffer.alloc(24 * MEGABYTE, 'sound'));
			let requests = 0;
			throttled(7 * MEGABYTE, () => requests++);

			await Promise.all([
				run(sendForm(false), { items: [await item()] }),
				run(put, { items: [await item()] }),
			]);

			expect(requests).toBe(2);
		},
	);
});
