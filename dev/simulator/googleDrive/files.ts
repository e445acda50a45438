import { createHash, randomBytes } from 'node:crypto';
import { notFound, Refusal } from './errors';

/** What the types of Google's own kinds of files begin with, of which none has bytes. */
export const OWN_TYPES = 'application/vnd.google-apps.';
export const FOLDER_TYPE = `${OWN_TYPES}folder`;

/** A file or folder of the Drive. */
export interface DriveFile {
	id: string;
	name: string;
	mimeType: string;
	/** The one folder that it lies in; none for the root. */
	parents: string[];
	/** RFC 3339. */
	createdTime: string;
	modifiedTime: string;
	trashed: boolean;
	starred: boolean;
	originalFilename: string;
	appProperties: Record<string, string>;
	bytes: Buffer;
}

/** What a file begins with; the rest has usual values. */
export interface NewFile {
	name: string;
	/** An id that was handed out for it; a new one unless told. */
	id?: string;
	/** Id of the folder, the root unless told. */
	parent?: string;
	mimeType?: string;
	bytes?: Buffer;
	/** RFC 3339; now unless told. Synchronised files keep an older one. */
	createdTime?: string;
}

const ROOT_ALIAS = 'root';

/** Everything that lies in the Drive, oldest first. */
export class Files {
	/** Id of the root folder, which also answers to `root`. */
	readonly rootId = newId();

	private readonly byId = new Map<string, DriveFile>();

	/** Ids that were handed out, whether there is a file by now or not. */
	private readonly handedOut = new Set<string>();

	constructor() {
		this.reset();
	}

	/** All files and folders but the root. */
	all(): DriveFile[] {
		return [...this.byId.values()].filter(({ id }) => id !== this.rootId);
	}

	/** Hands out ids, each for a file that is to come. */
	handOutIds(count: number): string[] {
		const ids = Array.from({ length: count }, newId);
		for (const id of ids) this.handedOut.add(id);
		return ids;
	}

	/** Puts a file or a folder into the Drive. */
	add({ name, id = newId(), parent, mimeType, bytes, createdTime }: NewFile): DriveFile {
		const now = new Date().toISOString();
		const file: DriveFile = {
			id,
			name,
			mimeType: mimeType ?? 'application/octet-stream',
			parents: [this.find(parent ?? ROOT_ALIAS).id],
			createdTime: createdTime ?? now,
			modifiedTime: now,
			trashed: false,
			starred: false,
			originalFilename: name,
			appProperties: {},
			bytes: bytes ?? Buffer.alloc(0),
		};
		this.byId.set(file.id, file);
		return file;
	}

	/**
	 * Looks whether a file may get an id, as the guide to creating files says.
	 *
	 * @throws Refusal (400) on an id that was not handed out, (403) on one for a document of Google's own
	 * kinds, (409) on one that a file has already
	 */
	checkIdIsFree(id: string, mimeType: string): void {
		if (mimeType !== FOLDER_TYPE && mimeType.startsWith(OWN_TYPES)) {
			const words = 'Generated IDs are not supported for Docs Editors formats.';
			throw new Refusal(403, 'insufficientFilePermissions', words);
		}
		if (this.byId.has(id)) {
			const words = 'A file already exists with the provided ID.';
			throw new Refusal(409, 'fileIdInUse', words);
		}
		if (!this.handedOut.has(id)) {
			throw new Refusal(400, 'invalid', 'The provided file ID is not usable.');
		}
	}

	/** Throws a Refusal (404) where there is no such file. */
	find(id: string): DriveFile {
		const file = this.byId.get(id === ROOT_ALIAS ? this.rootId : id);
		if (!file) throw notFound(id);
		return file;
	}

	/**
	 * Moves a file: since 2020 it lies in one folder only.
	 *
	 * @throws Refusal (403) where it would come to lie in two
	 */
	move(file: DriveFile, into: string[], outOf: string[]): void {
		const added = into.map((id) => this.find(id).id);
		const kept = file.parents.filter((id) => !outOf.includes(id) && !added.includes(id));
		const parents = [...new Set([...added, ...kept])];
		if (parents.length > 1) {
			throw new Refusal(403, 'cannotAddParent', 'Increasing the number of parents is not allowed');
		}
		if (parents.length === 1) file.parents = parents;
	}

	/** An empty Drive. */
	reset(): void {
		this.byId.clear();
		this.handedOut.clear();
		const now = new Date().toISOString();
		this.byId.set(this.rootId, {
			id: this.rootId,
			name: 'My Drive',
			mimeType: FOLDER_TYPE,
			parents: [],
			createdTime: now,
			modifiedTime: now,
			trashed: false,
			starred: false,
			originalFilename: '',
			appProperties: {},
			bytes: Buffer.alloc(0),
		});
	}
}

/** The fields of a file that the simulator gives, by the reference of the resource `files`. */
export const FILE_FIELDS = [
	'kind',
	'id',
	'name',
	'mimeType',
	'parents',
	'createdTime',
	'modifiedTime',
	'trashed',
	'explicitlyTrashed',
	'starred',
	'originalFilename',
	'fullFileExtension',
	'fileExtension',
	'appProperties',
	'properties',
	'size',
	'md5Checksum',
	'sha256Checksum',
	'headRevisionId',
	'version',
	'spaces',
	'shared',
	'permissions',
	'owners',
	'exportLinks',
	'hasThumbnail',
	'iconLink',
	'thumbnailLink',
	'webContentLink',
	'webViewLink',
	'driveId',
	'capabilities',
] as const;

/** Fields that come when none are asked for. */
export const USUAL_FIELDS = 'kind,id,name,mimeType';

/** A file as the API shows it. */
export function shownFile(file: DriveFile): Record<string, unknown> {
	const { bytes, ...rest } = file;
	const shown = {
		kind: 'drive#file',
		...rest,
		explicitlyTrashed: rest.trashed,
		spaces: ['drive'],
		version: '1',
		shared: false,
		webViewLink: `https://drive.google.com/file/d/${file.id}/view?usp=drivesdk`,
	};
	if (file.mimeType === FOLDER_TYPE) return shown;
	return {
		...shown,
		fileExtension: /\.([^.]+)$/.exec(file.name)?.[1] ?? '',
		// 64-bit numbers are texts in this API
		size: String(bytes.length),
		md5Checksum: createHash('md5').update(bytes).digest('hex'),
	};
}

/** Ids are 33 characters long, as Google's are today. */
function newId(): string {
	return `1${randomBytes(24).toString('base64url')}`;
}
