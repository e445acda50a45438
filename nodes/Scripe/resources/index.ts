import type { Resource } from '../../shared/operation/operation';
import { cancel } from './job/cancel';
import { get as getJob } from './job/get';
import { getMany as getManyJobs } from './job/getMany';
import { wait } from './job/wait';
import { getMany as getManyNotes } from './note/getMany';
import { create as createPost } from './post/create';
import { generate } from './post/generate';
import { getMany as getManyPosts } from './post/getMany';
import { get as getProject } from './project/get';
import { getMany as getManyProjects } from './project/getMany';
import { create as createSource } from './source/create';
import { get as getSource } from './source/get';
import { create as createUpload } from './upload/create';
import { get as getWorkspace } from './workspace/get';

/** What the Scripe node can do; the first of each is what a new node shows. */
export const resources: Resource[] = [
	{ value: 'source', name: 'Source', operations: [createSource, getSource] },
	{ value: 'upload', name: 'Upload', operations: [createUpload] },
	{ value: 'job', name: 'Job', operations: [getJob, getManyJobs, wait, cancel] },
	{ value: 'post', name: 'Post', operations: [createPost, generate, getManyPosts] },
	{ value: 'note', name: 'Note', operations: [getManyNotes] },
	{ value: 'project', name: 'Project', operations: [getProject, getManyProjects] },
	{ value: 'workspace', name: 'Workspace', operations: [getWorkspace] },
];
