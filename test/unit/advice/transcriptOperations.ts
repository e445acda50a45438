import type { IDataObject } from 'n8n-workflow';

import type { Advice } from './advice';
import { transcriptTrial } from './transcript';

const HI = {
	provider: 'probe',
	text: 'Hi',
	durationSeconds: 2,
	segments: [{ start: 0, end: 1, speaker: 'A', text: 'Hi' }],
};
const PIECES = ['One.', 'Two.'].map((text, index) => ({
	number: index + 1,
	start: index,
	end: index + 1,
	speakers: [],
	text,
	transcript: { provider: 'probe', pieces: 2 },
}));
const [ONE, TWO] = PIECES as [object, object];
const JOINED = [{ json: { text: 'One.\nTwo.' } }];

/** How a node is set up, and what it gets. */
interface Given {
	items?: object[];
	parameters?: IDataObject;
}

/** A message of one operation, with one way into it and out of it. */
function adviceOf(
	operation: string,
	message: string,
	page: string,
	panel: RegExp,
	wrong: Given,
	right: Given,
	gives: object[],
): Advice {
	const runOf = ({ items = [HI], parameters = {} }: Given) => ({
		parameters: { operation, ...parameters } as never,
		items: items.map((json) => ({ json: JSON.parse(JSON.stringify(json)) as IDataObject })),
	});
	const trials = [
		transcriptTrial({ name: operation, wrong: runOf(wrong), right: runOf(right), gives }),
	];
	return { message, page, panel, trials };
}

const named = (values: object): Given => ({ parameters: { names: { values } as never } });
const ofObject = (namesObject: unknown): Given => ({
	parameters: { namesFrom: 'object', namesObject: namesObject as never },
});
const ANN = [{ json: { speakers: ['Ann'] } }];
const FOUND = [{ json: { text: 'Hi', start: 0, end: 1 } }];
const SAME = [{ json: { wordErrorRate: 0 } }];

export const transcriptOperations: Advice[] = [
	adviceOf(
		'search',
		'… is no … from 0',
		'look at what that gives for this item',
		/Enter a number/,
		{ parameters: { query: 'hi', contextWords: -1 } },
		{ parameters: { query: 'hi', contextWords: 1 } },
		FOUND,
	),
	adviceOf(
		'renameSpeakers',
		'There are no names to put',
		'Add one to *Names*',
		/Add a name to Names/,
		{},
		named([{ from: 'A', to: 'Ann' }]),
		ANN,
	),
	adviceOf(
		'renameSpeakers',
		'Names is neither an object nor a list',
		'an object with the labels as its keys',
		/an object with the labels as its keys/,
		ofObject('Ann'),
		ofObject({ A: 'Ann' }),
		ANN,
	),
	adviceOf(
		'renameSpeakers',
		'The name "…" has no label',
		'Say which label',
		/Say which label/,
		named([{ from: '', to: 'Ann' }]),
		named([{ from: 'A', to: 'Ann' }]),
		ANN,
	),
	adviceOf(
		'renameSpeakers',
		'The label "…" has two names',
		'Leave one of them',
		/Leave one of them/,
		named([
			{ from: 'A', to: 'Ann' },
			{ from: 'A', to: 'Bob' },
		]),
		named([{ from: 'A', to: 'Ann' }]),
		ANN,
	),
	adviceOf(
		'merge',
		'It is not known how long this part is',
		'Set *Parts Begin* to *At Given Times*',
		/Set Parts Begin to At Given Times/,
		{ items: [{ ...HI, durationSeconds: null }, HI] },
		{
			items: [
				{ ...HI, durationSeconds: null },
				{ ...HI, at: 5 },
			],
			parameters: { offsets: 'given', offsetSeconds: '={{ $json.at ?? 0 }}' },
		},
		[{ json: { text: 'Hi\nHi', durationSeconds: 7 } }],
	),
	adviceOf(
		'merge',
		'This item is no piece of a transcript, as others are',
		'Send them through nodes of their own',
		/Send them through nodes of their own/,
		{ items: [ONE, TWO, HI] },
		{ items: [ONE, TWO] },
		JOINED,
	),
	adviceOf(
		'merge',
		'Piece … has lost its text',
		'at the expression in *Transcript*',
		/Look at what the node gave/,
		{ items: [ONE, { ...TWO, text: '' }] },
		{ items: [ONE, TWO] },
		JOINED,
	),
	adviceOf(
		'merge',
		'Piece … has an error in place of its text: …',
		'run the workflow again',
		/Run that node again/,
		{ items: [ONE, { ...TWO, text: null, error: 'The key is wrong.' }] },
		{ items: [ONE, TWO] },
		JOINED,
	),
	adviceOf(
		'merge',
		'Piece … came more than once',
		'Let it give one item for each',
		/one item for each/,
		{ items: [ONE, ONE, TWO] },
		{ items: [ONE, TWO] },
		JOINED,
	),
	adviceOf(
		'merge',
		'Piece … of … is missing',
		'needs all of them at once',
		/Bring all pieces/,
		{ items: [TWO] },
		{ items: [ONE, TWO] },
		JOINED,
	),
	adviceOf(
		'split',
		'Max Characters and Max Minutes are both 0',
		'Say in one of them how large a piece may be',
		/Say in one of them how large a piece may be/,
		{ parameters: { maxCharacters: 0 } },
		{ parameters: { maxCharacters: 100 } },
		[{ json: { number: 1, text: 'Hi' } }],
	),
	adviceOf(
		'search',
		'There is nothing to search for',
		'Enter a word or a phrase in *Search For*',
		/Enter a word or a phrase in Search For/,
		{ parameters: { query: '?' } },
		{ parameters: { query: 'hi' } },
		FOUND,
	),
	adviceOf(
		'compare',
		'There is only one transcript to compare',
		'with a Merge node in its mode *Append*',
		/Merge node in its mode Append/,
		{},
		{ items: [HI, HI] },
		SAME,
	),
	adviceOf(
		'compare',
		'There is no transcript of "…" among the items',
		'a provider or a file name that is there',
		/a provider that is there \(probe\)/,
		{ items: [HI, HI], parameters: { reference: 'nobody' } },
		{ items: [HI, { ...HI, provider: 'other' }], parameters: { reference: 'probe' } },
		SAME,
	),
	adviceOf(
		'compare',
		'Several transcripts are of "…"',
		'Enter the number of the item, from 0',
		/the number of the item instead/,
		{ items: [HI, HI], parameters: { reference: 'probe' } },
		{ items: [HI, HI], parameters: { reference: '1' } },
		SAME,
	),
];
