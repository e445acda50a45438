import type { INodePropertyOptions } from 'n8n-workflow';

/** The kinds of job (Scripe API reference). */
export const jobTypeOptions: INodePropertyOptions[] = [
	{ name: 'Knowledge From a File', value: 'KB_INGEST_FILE' },
	{ name: 'Knowledge From a Text', value: 'KB_INGEST_TEXT' },
	{ name: 'Knowledge From a URL', value: 'KB_INGEST_URL' },
	{ name: 'Knowledge From YouTube', value: 'KB_INGEST_YOUTUBE' },
	{ name: 'Post Generation', value: 'POST_GENERATION' },
	{ name: 'Source From a File', value: 'SOURCE_INGEST_FILE' },
];
