import { readDetail } from '../../../../nodes/shared/http/detailError';

describe('the detail of an error reply', () => {
	it.each([
		[{ detail: { code: 'not_found', message: 'Gone', extra: 1 } }, 'not_found', 'Gone'],
		[{ detail: { code: 'not_found' } }, 'not_found', ''],
		[{ detail: { message: 'Gone' } }, null, 'Gone'],
		[{ detail: { code: 7, message: 8 } }, '7', '8'],
		[{ detail: [{ loc: [null, {}, 1, '\n'], msg: '\u0000' }] }, null, '1'],
		[{ detail: [{ loc: [{}], msg: {} }] }, null, ''],
		[{ detail: 'Not authenticated' }, null, 'Not authenticated'],
		[{ detail: [] }, null, ''],
		[
			{
				detail: [
					{ loc: ['body', 'url'], msg: 'Field required', type: 'missing' },
					{ loc: ['query', 'limit'], msg: 'Too large', type: 'value_error' },
					'nonsense',
					{ msg: 'No place' },
				],
			},
			null,
			'body.url: Field required; query.limit: Too large; No place',
		],
	])('is read from %j', (body, code, message) => {
		expect(readDetail(body)).toEqual({ code, message });
	});

	it.each([undefined, null, 'text', 7, [], {}, { detail: null }, { detail: {} }, { detail: 7 }])(
		'is not there in %j',
		(body) => {
			expect(readDetail(body)).toBeUndefined();
		},
	);
});
