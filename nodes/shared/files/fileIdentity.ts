import { kindNamed, recordingNamed, recordingOfType } from './fileKinds';
import type { FileKind } from './fileKinds';
import { extensionOf, plainName } from './fileName';

/** What is said of a file before anybody has looked into it. */
export interface GivenFile {
	fileName?: string;
	fileExtension?: string;
	mimeType?: string;
}

/** Under which name and type a file is sent. */
export interface FileIdentity {
	name: string;
	/** What decided, or the name's own where nothing did: in lower case, without a dot. */
	extension: string;
	mimeType: string;
	/** Whether anything said what it is. */
	isKnown: boolean;
}

const NAMELESS = 'recording';
const NO_TYPE = 'application/octet-stream';

/** Types that are given where nobody knows: n8n itself writes `text/plain` then. */
const EMPTY_TYPES = [
	NO_TYPE,
	'application/binary',
	'application/download',
	'application/force-download',
	'application/unknown',
	'application/x-binary',
	'application/x-download',
	'application/x-unknown',
	'binary/octet-stream',
	'text/plain',
];

/** A MIME type without its parameters, in lower case; empty where it is none. */
export function essenceOf(mimeType: string | undefined): string {
	const essence = (mimeType?.split(';')[0] ?? '').trim().toLowerCase();
	return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(essence) ? essence : '';
}

function saysSomething(mimeType: string): boolean {
	return mimeType !== '' && !EMPTY_TYPES.includes(mimeType);
}

function bareExtension(extension: string | undefined): string {
	return (extension ?? '').trim().replace(/^\.+/, '').toLowerCase();
}

/**
 * The name, extension and type under which a provider is sent a recording. The first that names a
 * kind of recording decides: the name's extension, the item's, the MIME type, the contents. An
 * extension that the provider takes stays; another name of the same kind is exchanged for the one
 * that it takes, and a name that says nothing gets an extension. A document's name stays as it is.
 *
 * @param taken the extensions that the provider takes, in lower case without a dot
 * @param contents the extension that the first bytes stand for; left out where nobody has looked
 * @returns with an extension that is not taken, the file has to be refused
 */
export function recordingIdentity(
	{ fileName, fileExtension, mimeType }: GivenFile,
	taken: readonly string[],
	contents = '',
): FileIdentity {
	const name = plainName(fileName ?? '') || NAMELESS;
	const own = extensionOf(name);
	const type = essenceOf(mimeType);
	if (isOtherKind(own)) return { name, extension: own, mimeType: type || NO_TYPE, isKnown: true };
	const said = [own, bareExtension(fileExtension), recordingOfType(type)?.names[0], contents];
	const known = said.find((extension) => extension && isRecording(extension, taken));
	if (!known) return { name, extension: own, mimeType: type || NO_TYPE, isKnown: false };
	const extension = takenName(known, taken) ?? known;
	return {
		name: taken.includes(extension) ? withExtension(name, own, known, extension) : name,
		extension,
		mimeType: typeFor(extension, type, extension !== known),
		isKnown: true,
	};
}

function isRecording(extension: string, taken: readonly string[]): boolean {
	return taken.includes(extension) || recordingNamed(extension) !== undefined;
}

function isOtherKind(extension: string): boolean {
	return kindNamed(extension) !== undefined && recordingNamed(extension) === undefined;
}

/** The name under which a provider takes a kind of recording; undefined where it takes it under none. */
function takenName(extension: string, taken: readonly string[]): string | undefined {
	if (taken.includes(extension)) return extension;
	const kind = recordingNamed(extension);
	const wider = recordingNamed(kind?.partOf ?? '');
	return [...(kind?.names ?? []), ...(wider?.names ?? [])].find((name) => taken.includes(name));
}

function withExtension(name: string, own: string, known: string, extension: string): string {
	if (own === extension) return name;
	const stem = own === known ? name.slice(0, -own.length - 1) : name;
	return `${stem}.${extension}`;
}

/** The given type where it goes with the extension, else the extension's own. */
function typeFor(extension: string, given: string, isExchanged: boolean): string {
	const kind = recordingNamed(extension);
	const ofType = recordingOfType(given);
	if (!kind) return given || NO_TYPE;
	// where nothing was exchanged, a type of the same container is as good: sound alone in an MP4
	const goes = isExchanged ? ofType === kind : ofType?.container === kind.container;
	return goes ? given : kind.type;
}

/**
 * The type under which a file is sent to a provider that goes by types: the given one where it says
 * something, else what the name's extension, the item's or the contents stand for.
 *
 * @param takes whether the provider takes a type
 * @param contents the extension that the first bytes stand for; left out where nobody has looked
 * @returns undefined where none of them is taken
 */
export function typeIdentity(
	{ fileName, fileExtension, mimeType }: GivenFile,
	takes: (mimeType: string) => boolean,
	contents = '',
): string | undefined {
	const given = essenceOf(mimeType);
	const own = extensionOf(plainName(fileName ?? ''));
	const said: Array<string | undefined> = [
		saysSomething(given) ? given : undefined,
		recordingOfType(given)?.type,
		...[own, bareExtension(fileExtension), contents].map(typeOfExtension),
	];
	return said.find((type) => type !== undefined && takes(type));
}

function typeOfExtension(extension: string): FileKind['type'] | undefined {
	return kindNamed(extension)?.type;
}
