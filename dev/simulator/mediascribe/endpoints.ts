/** MediaScribe's calls as statistics and faults name them. */
export const ENDPOINTS = {
	getStatus: 'GET /api/control/status',
	control: 'PUT /api/control/status',
	record: 'PUT /api/control/recording',
	activatePreset: 'PUT /api/control/preset',
} as const;
