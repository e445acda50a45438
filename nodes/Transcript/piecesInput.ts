import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { safeText } from '../shared/core/safeText';
import { anyTextOf, numberOf, objectOf, textsOf } from '../shared/core/wireValues';
import type { ChangedPiece } from './piecesBack';
import type { SpokenLine } from './spokenLines';
import { givenTranscript } from './transcriptInput';

/** A piece, and the item that it came in. */
export interface GivenPiece {
	piece: ChangedPiece;
	item: number;
}

type Given = Record<string, unknown>;

/**
 * The pieces that Split made of one transcript or of several, as lists of those that belong together,
 * each in the order of its pieces.
 *
 * @returns undefined where the items are no pieces
 * @throws NodeOperationError where only some are, or one is missing, came twice, lost its text, or
 * has an error in its place
 */
export function piecesFrom(context: IExecuteFunctions): GivenPiece[][] | undefined {
	const given = context.getInputData().map((_, item) => readObject(givenTranscript(context, item)));
	const arePieces = given.map(isPiece);
	if (!arePieces.includes(true)) return undefined;
	const other = arePieces.indexOf(false);
	if (other !== -1) {
		throw inputError(context.getNode(), 'This item is no piece of a transcript, as others are', {
			description:
				'Merge joins either pieces that Split made or whole transcripts. Send them through nodes of their own.',
			itemIndex: other,
		});
	}
	const groups = new Map<string, GivenPiece[]>();
	for (const [item, each] of given.entries()) {
		const piece = pieceOf(context, each, item);
		const key = JSON.stringify(piece.transcript ?? null);
		groups.set(key, [...(groups.get(key) ?? []), { piece, item }]);
	}
	return [...groups.values()].map((group) => complete(context, group));
}

/** Whether it is a piece: it has a number, and no segments of its own. */
function isPiece(given: Given): boolean {
	return numberOf(given.number) !== null && !('segments' in given);
}

function readObject(given: unknown): Given {
	if (typeof given !== 'string') return objectOf(given);
	try {
		return objectOf(JSON.parse(given) as unknown);
	} catch {
		return {};
	}
}

function pieceOf(context: IExecuteFunctions, given: Given, item: number): ChangedPiece {
	const number = numberOf(given.number)!;
	const text = anyTextOf(given.text)?.trim();
	const lines = Array.isArray(given.lines) ? given.lines.map(lineOf) : [];
	if (!text) throw withoutText(context, given, item);
	return {
		number,
		text,
		start: numberOf(given.start),
		end: numberOf(given.end),
		speakers: textsOf(given.speakers),
		lines,
		transcript: sourceOf(given.transcript),
		language: anyTextOf(given.language) ?? undefined,
	};
}

/** Why a piece has no text: the node that was to change it gave an error, or nothing. */
function withoutText(context: IExecuteFunctions, { number, error }: Given, itemIndex: number) {
	const reason = safeText(anyTextOf(error) ?? '').trim();
	const piece = numberOf(number);
	if (reason === '') {
		return inputError(context.getNode(), `Piece ${piece} has lost its text`, {
			description:
				'Look at what the node gave that changed it. With an expression such as {{ { ...$("Split").item.json, text: $json.text } }} in Transcript, each piece gets its new text and keeps its times.',
			itemIndex,
		});
	}
	return inputError(
		context.getNode(),
		`Piece ${piece} has an error in place of its text: ${reason}`,
		{
			description:
				'The node that was to change its text gave this error. Run that node again once its reason is gone.',
			itemIndex,
		},
	);
}

function lineOf(value: unknown): SpokenLine {
	const { start, end, speaker, text } = objectOf(value);
	return {
		start: numberOf(start),
		end: numberOf(end),
		speaker: anyTextOf(speaker),
		text: anyTextOf(text) ?? '',
	};
}

function sourceOf(value: unknown): ChangedPiece['transcript'] {
	const given = objectOf(value);
	if (Object.keys(given).length === 0) return undefined;
	return {
		provider: anyTextOf(given.provider),
		id: anyTextOf(given.id),
		language: anyTextOf(given.language),
		durationSeconds: numberOf(given.durationSeconds),
		fileName: anyTextOf(given.fileName),
		item: numberOf(given.item) ?? undefined,
		pieces: numberOf(given.pieces) ?? undefined,
	};
}

/** The pieces of a transcript in their order, where all are there. */
function complete(context: IExecuteFunctions, group: GivenPiece[]): GivenPiece[] {
	const ordered = [...group].sort((one, other) => one.piece.number - other.piece.number);
	const count = ordered[0]!.piece.transcript?.pieces ?? ordered.at(-1)!.piece.number;
	for (const [index, { piece, item }] of ordered.entries()) {
		if (piece.number === ordered[index + 1]?.piece.number) {
			throw inputError(context.getNode(), `Piece ${piece.number} came more than once`, {
				description:
					'Of each piece of a transcript one item may come. Look at the node that changed the pieces: it should give one item for each that it gets.',
				itemIndex: item,
			});
		}
	}
	const numbers = new Set(ordered.map(({ piece }) => piece.number));
	for (let number = 1; number <= count; number++) {
		if (numbers.has(number)) continue;
		throw inputError(context.getNode(), `Piece ${number} of ${count} is missing`, {
			description:
				'Bring all pieces of a transcript to Merge at once. A node that changes them may have left one out, or a loop brings them one by one.',
		});
	}
	return ordered;
}
