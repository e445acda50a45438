import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { invalidParameter, Refusal } from './errors';
import { withFields } from './fields';
import { FILE_FIELDS, OWN_TYPES, shownFile, USUAL_FIELDS } from './files';
import { searchOf } from './query';
import { booleanOf, isMedia } from './requests';

const USUAL_PAGE_SIZE = 100;
const LARGEST_PAGE_SIZE = 1000;
const CORPORA = ['user', 'domain', 'drive', 'allDrives'];
const SPACES = ['drive', 'appDataFolder', 'photos'];
const LIST_PARAMETERS = [
	'q',
	'fields',
	'pageSize',
	'pageToken',
	'orderBy',
	'corpora',
	'driveId',
	'spaces',
	'includeItemsFromAllDrives',
	'supportsAllDrives',
];
const USUAL_IDS = 10;
const MOST_IDS = 1000;
const ID_PARAMETERS = ['count', 'space', 'type'];
const ID_SPACES = ['drive', 'appDataFolder'];
const ID_TYPES = ['files', 'shortcuts'];
const LIST_FIELDS = {
	'': ['kind', 'nextPageToken', 'incompleteSearch', 'files'],
	files: FILE_FIELDS,
};

type Query = Record<string, string>;

/** files.list, files.generateIds, files.get, about.get and drives.list. */
export function useReading(app: FastifyInstance, account: Account): void {
	app.get<{ Querystring: Query }>('/drive/v3/files', {
		config: { endpoint: ENDPOINTS.list },
		handler: async ({ query }) => {
			account.counts.fields(ENDPOINTS.list, query, LIST_PARAMETERS);
			checkScope(query);
			const search = searchOf(query.q ?? 'trashed = false', (id) => account.files.find(id));
			const found = account.files.all().filter(search);
			const first = pageStartOf(query.pageToken);
			const next = first + numberOf(query, 'pageSize', USUAL_PAGE_SIZE, LARGEST_PAGE_SIZE);
			const answer = {
				kind: 'drive#fileList',
				incompleteSearch: false,
				...(next < found.length && { nextPageToken: `~!!~${next}` }),
				// the newest come first
				files: found.reverse().slice(first, next).map(shownFile),
			};
			const usual = `kind,incompleteSearch,nextPageToken,files(${USUAL_FIELDS})`;
			return withFields(answer, query.fields ?? usual, LIST_FIELDS);
		},
	});

	app.get<{ Querystring: Query }>('/drive/v3/files/generateIds', {
		config: { endpoint: ENDPOINTS.generateIds },
		handler: async ({ query }) => {
			account.counts.fields(ENDPOINTS.generateIds, query, ID_PARAMETERS);
			const { space = 'drive', type = 'files' } = query;
			if (!ID_SPACES.includes(space)) throw invalidParameter('space');
			if (!ID_TYPES.includes(type)) throw invalidParameter('type');
			const count = numberOf(query, 'count', USUAL_IDS, MOST_IDS);
			return { kind: 'drive#generatedIds', space, ids: account.files.handOutIds(count) };
		},
	});

	app.get<{ Params: { id: string }; Querystring: Query }>('/drive/v3/files/:id', {
		config: { endpoint: ENDPOINTS.get },
		handler: async ({ params, query }, reply) => {
			const file = account.files.find(params.id);
			if (!isMedia(query)) {
				return withFields(shownFile(file), query.fields ?? USUAL_FIELDS, { '': FILE_FIELDS });
			}
			if (file.mimeType.startsWith(OWN_TYPES)) {
				const words =
					'Only files with binary content can be downloaded. Use Export with Docs Editors files.';
				throw new Refusal(403, 'fileNotDownloadable', words, {
					locationType: 'parameter',
					location: 'alt',
				});
			}
			account.downloads.set(file.id, (account.downloads.get(file.id) ?? 0) + 1);
			return await reply.type(file.mimeType).send(file.bytes);
		},
	});

	app.get<{ Querystring: Query }>('/drive/v3/about', {
		config: { endpoint: ENDPOINTS.about },
		handler: async ({ query }) => {
			if (!query.fields) {
				const words = "The 'fields' parameter is required for this method.";
				throw new Refusal(400, 'required', words, {
					locationType: 'parameter',
					location: 'fields',
				});
			}
			const user = { kind: 'drive#user', displayName: 'Simulator', emailAddress: 'me@example.com' };
			return withFields({ kind: 'drive#about', user }, query.fields, {});
		},
	});

	app.get('/drive/v3/drives', {
		config: { endpoint: ENDPOINTS.drives },
		handler: async () => ({ kind: 'drive#driveList', drives: [] }),
	});
}

/** Where to look. Items of all drives must be asked for twice, as the reference says. */
function checkScope(query: Query): void {
	const { corpora = 'user', spaces = 'drive' } = query;
	if (!CORPORA.includes(corpora)) throw invalidParameter('corpora');
	if (spaces.split(',').some((space) => !SPACES.includes(space.trim()))) {
		throw invalidParameter('spaces');
	}
	const includes = booleanOf(query, 'includeItemsFromAllDrives');
	const supports = booleanOf(query, 'supportsAllDrives');
	if (['drive', 'allDrives'].includes(corpora) && !(includes && supports)) {
		throw invalidParameter(
			'corpora',
			'This corpora needs includeItemsFromAllDrives and supportsAllDrives.',
		);
	}
}

/** A parameter that is a number from 1. Throws a Refusal (400) on anything else. */
function numberOf(query: Query, name: string, usual: number, most: number): number {
	const text = query[name];
	if (text === undefined) return usual;
	const number = Number(text);
	if (Number.isInteger(number) && number >= 1 && number <= most) return number;
	throw invalidParameter(
		name,
		`Invalid value '${text}'. Values must be within the range: [1, ${most}]`,
	);
}

function pageStartOf(token: string | undefined): number {
	if (token === undefined || token === '') return 0;
	const start = /^~!!~(\d+)$/.exec(token)?.[1];
	if (start === undefined) throw invalidParameter('pageToken');
	return Number(start);
}
