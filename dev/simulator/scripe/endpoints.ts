/** Scripe's calls as statistics and faults name them. `PUT /scripe-storage` is the presigned URL. */
export const ENDPOINTS = {
	createSource: 'POST /sources',
	getSource: 'GET /sources/{id}',
	mint: 'POST /uploads',
	put: 'PUT /scripe-storage',
	listJobs: 'GET /jobs',
	getJob: 'GET /jobs/{id}',
	cancelJob: 'POST /jobs/{id}/cancel',
	createPost: 'POST /posts',
	generatePost: 'POST /posts/generations',
	listPosts: 'GET /posts',
	listNotes: 'GET /notes',
	listProjects: 'GET /projects',
	getProject: 'GET /projects/{id}',
	workspace: 'GET /workspaces/me',
} as const;

/** The scopes that the vendor's pages name; which scope the other calls need is not documented. */
export const SCOPES: Record<string, string> = {
	[ENDPOINTS.createSource]: 'sources:write',
	[ENDPOINTS.createPost]: 'posts:write',
	[ENDPOINTS.generatePost]: 'posts:write',
	[ENDPOINTS.listPosts]: 'posts:read',
	[ENDPOINTS.listNotes]: 'notes:read',
};
