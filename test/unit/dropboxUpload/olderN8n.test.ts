import nock from 'nock';

import { errorOf } from '../harness';
import { api, begun, expectChanges, fileEntry, namesOf } from './support';

/** How n8n sends, in the copy that n8n's own nodes use. */
function axiosUtils(): { isIgnoreStatusErrorConfig(): boolean } {
	const paths = [require.resolve('n8n-core')];
	const network = require.resolve('@n8n/backend-network', { paths });
	return workerModules.require(network.replace('index.js', 'http/axios/utils.js'));
}

// n8n 2.8 and older know no exceptions among the refusals that are not thrown
beforeAll(() => jest.spyOn(axiosUtils(), 'isIgnoreStatusErrorConfig').mockReturnValue(false));

const expired = {
	error_summary: 'expired_access_token/..',
	error: { '.tag': 'expired_access_token' },
};

const look = (token?: string) => api(token).post('/2/files/list_folder/continue');
const renewal = () => nock('https://api.dropboxapi.com').post('/oauth2/token');
const renewed = { access_token: 'sl.renewed', expires_in: 14400, token_type: 'bearer' };

describe('an expired token of Dropbox in n8n 2.8 and older', () => {
	it('is renewed, and the request sent again', async () => {
		const { poll } = await begun({ receive: 'polling' });
		look().reply(401, expired);
		renewal().reply(200, renewed);
		look('sl.renewed').reply(200, {
			entries: [fileEntry('talk.mp3')],
			cursor: 'next',
			has_more: false,
		});

		expect(namesOf(await poll())).toEqual(['talk.mp3']);
	});

	it('says to connect the credential again where it cannot be renewed', async () => {
		const { poll } = await begun({ receive: 'polling' });
		look().reply(401, expired);
		renewal().reply(400, { error: 'invalid_grant' });

		const error = await errorOf(poll());

		expect(error.context).toMatchObject({ httpStatus: 401 });
		expect(error.description).toContain('connect it to Dropbox again');
	});

	it('leaves another refusal after the renewal as Dropbox gave it', async () => {
		const { poll } = await begun({ receive: 'polling' });
		look().reply(401, expired);
		renewal().reply(200, renewed);
		const refusal = { error_summary: 'path/not_folder/', error: { '.tag': 'path' } };
		look('sl.renewed').reply(409, refusal);

		const error = await errorOf(poll());

		expect(error.context).toMatchObject({ code: 'path/not_folder', httpStatus: 409 });
	});

	it('costs nothing where it has not expired', async () => {
		const { poll } = await begun({ receive: 'polling' });
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);

		expect(namesOf(await poll())).toEqual(['talk.mp3']);
	});
});
