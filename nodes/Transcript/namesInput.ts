import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { safeText } from '../shared/core/safeText';
import { anyTextOf } from '../shared/core/wireValues';
import type { SpeakerName } from './speakerNames';

/**
 * The item's names for labels: of a list in the panel, or of an object or list from another node.
 *
 * @throws NodeOperationError where there are none, or one cannot be read
 */
export function namesFrom(context: IExecuteFunctions, itemIndex: number): SpeakerName[] {
	const refuse = (message: string, description: string) =>
		inputError(context.getNode(), message, { description, itemIndex });
	const isObject = context.getNodeParameter('namesFrom', itemIndex) === 'object';
	const given = context.getNodeParameter(isObject ? 'namesObject' : 'names', itemIndex) as unknown;
	const pairs = pairsOf(given);
	if (!pairs) {
		throw refuse(
			'Names is neither an object nor a list',
			'Give an object with the labels as its keys, such as { "SPEAKER_00": "Ann" }, or a list of objects with from and to.',
		);
	}
	const names = pairs.map(([from, to]) => ({ from: nameOf(from), to: nameOf(to) }));
	const known = names.filter(({ from, to }) => from !== '' || to !== '');
	if (known.length === 0) {
		throw refuse(
			'There are no names to put',
			'Add a name to Names: the label as the transcript has it, and whom it stands for.',
		);
	}
	for (const { from, to } of known) {
		const others = known.filter((other) => other.from === from && other.to !== to);
		if (from === '') {
			throw refuse(`The name "${safeText(to)}" has no label`, 'Say which label it stands for.');
		}
		if (others.length > 0) {
			throw refuse(
				`The label "${safeText(from)}" has two names`,
				'Leave one of them. To tell two people apart who share a label, no name helps: transcribe with the number of speakers.',
			);
		}
	}
	return known;
}

type Pair = [from: unknown, to: unknown];

function pairsOf(given: unknown): Pair[] | undefined {
	if (given === undefined || given === null || given === '') return [];
	if (typeof given === 'string') return pairsOf(parsed(given));
	if (Array.isArray(given)) return given.every(isObject) ? given.map(pairOf) : undefined;
	if (!isObject(given)) return undefined;
	// as n8n keeps a list of the panel
	if (Array.isArray(given.values)) return pairsOf(given.values);
	return Object.entries(given);
}

function pairOf({ from, to }: Record<string, unknown>): Pair {
	return [from, to];
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return false;
	}
}

function nameOf(value: unknown): string {
	return (anyTextOf(value) ?? '').trim();
}
