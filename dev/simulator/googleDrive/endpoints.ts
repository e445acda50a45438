/** Google's calls as statistics and faults name them. */
export const ENDPOINTS = {
	token: 'POST /token',
	about: 'GET /drive/v3/about',
	list: 'GET /drive/v3/files',
	generateIds: 'GET /drive/v3/files/generateIds',
	create: 'POST /drive/v3/files',
	get: 'GET /drive/v3/files/{id}',
	download: 'GET /drive/v3/files/{id}?alt=media',
	update: 'PATCH /drive/v3/files/{id}',
	drives: 'GET /drive/v3/drives',
	startUpload: 'POST /upload/drive/v3/files',
	sendChunk: 'PUT /upload/drive/v3/files',
	updateDocument: 'POST /v1/documents/{id}:batchUpdate',
} as const;
