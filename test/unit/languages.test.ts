import registry from 'language-subtag-registry/data/json/registry.json';
import nock from 'nock';

import { languageOptions } from '../../nodes/Scriptivox/languages';
import * as transcripton from './transcripton/support';
import * as whipscribe from './whipscribe/support';

interface Entry {
	Type: string;
	Subtag?: string;
	Description: string[];
	Deprecated?: string;
	Scope?: string;
}

/** The languages of IANA's registry that people speak, by their subtag. */
const LANGUAGES = new Map(
	(registry as Entry[])
		.filter(({ Type, Scope }) => Type === 'language' && Scope !== 'private-use')
		.filter(({ Subtag }) => !Subtag!.includes('..'))
		.map((entry) => [entry.Subtag!, entry]),
);

/** What the registry deprecates and Scriptivox uses all the same: Whisper's code for Javanese. */
const DEPRECATED = ['jw'];

/** Names that readers know better than the registry's; each with a word of the registry's. */
const OTHER_NAMES: Record<string, string> = {
	ff: 'Fulah',
	el: 'Modern Greek',
};

const plain = (name: string) =>
	name
		.normalize('NFD')
		.replace(/\p{M}|\s*\(.*\)/gu, '')
		.toLowerCase();

describe('the languages that Scriptivox’s node offers', () => {
	it('are in the registry of IANA, none twice', () => {
		const codes = languageOptions.map(({ value }) => String(value));

		expect(codes.filter((code) => !LANGUAGES.has(code))).toEqual([]);
		expect(new Set(codes).size).toBe(codes.length);
	});

	it('are not deprecated there, but for those that Scriptivox itself uses', () => {
		const codes = languageOptions.map(({ value }) => String(value));

		expect(codes.filter((code) => LANGUAGES.get(code)!.Deprecated)).toEqual(DEPRECATED);
	});

	it('go by a name of the registry, or by one that stands for it', () => {
		const unlike = languageOptions.filter(({ name, value }) => {
			const expected = plain(OTHER_NAMES[String(value)] ?? name);
			return !LANGUAGES.get(String(value))!.Description.map(plain).includes(expected);
		});

		expect(unlike).toEqual([]);
	});

	it('stand in the order of their names', () => {
		const names = languageOptions.map(({ name }) => name);

		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
	});
});

const LINK = 'https://recordings.example/meeting.mp3';

/** Languages as they are written: those of two letters, and tags with a script or a region. */
const TAGS = [
	...[...LANGUAGES.keys()].filter((subtag) => subtag.length === 2),
	...(registry as Array<Entry & { Tag?: string }>)
		.filter(({ Type }) => Type === 'redundant')
		.map(({ Tag }) => Tag!)
		.slice(0, 20),
	'yue',
	'haw',
	'es-419',
	'sr-Latn-RS',
	'de-CH-1901',
];

const NO_TAGS = [
	'x',
	'de_DE',
	'12',
	'de-',
	'-de',
	'd e',
	'German',
	'de;q=1',
	'dé',
	'de\nen',
	'<de>',
];

const NODES = {
	Whipscribe: {
		run: whipscribe.run,
		host: whipscribe.HOST,
		path: '/api/v1/transcribe/url',
		reply: whipscribe.QUEUED,
	},
	Transcripton: {
		run: transcripton.run,
		host: 'https://api.transcription.solutions',
		path: '/api/v1/jobs/from-url',
		reply: transcripton.QUEUED,
	},
};

describe.each(Object.entries(NODES))('the language of %s', (_provider, node) => {
	const transcribe = async (languages: string[]) =>
		await node.run(
			'job',
			'transcribe',
			{
				inputType: 'url',
				url: LINK,
				wait: 'none',
				language: '={{ $json.language }}',
			},
			{ items: languages.map((language) => ({ json: { language } })), continueOnFail: true },
		);

	it('may be any that the registry knows, and is sent as it is', async () => {
		const sent: unknown[] = [];
		nock(node.host)
			.post(node.path)
			.times(TAGS.length)
			.reply(202, (_uri, body) => {
				sent.push((body as { language?: string }).language);
				return node.reply;
			});

		const outputs = await transcribe(TAGS);

		expect(outputs.filter(({ json }) => json.details).map(({ json }) => json.error)).toEqual([]);
		expect(sent.sort()).toEqual([...TAGS].sort());
	});

	it('is refused before any request where it is no tag', async () => {
		const outputs = await transcribe(NO_TAGS);

		for (const { json } of outputs) expect(json.error).toMatch(/language/i);
	});
});
