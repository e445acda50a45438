import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../../../dev/paths';

/** What stands for a part of a message that differs from time to time. */
const ANYTHING = '…';

/** Functions that make an error of a message, and which of their arguments it is. */
const MESSAGE_ARGUMENT: Record<string, number> = { inputError: 1, refuse: 0 };

/** Functions that make an error of an object with a message. */
const TAKE_A_FAILURE = ['apiError', 'replyError'];

/** What is written in the sources of the nodes. */
export interface WrittenTexts {
	/** Every text in a literal, each part that is filled in at run time as `…`. */
	all: Set<string>;
	/** Those that are the message of an error in a node's panel. */
	messages: Set<string>;
	/** The codes of providers for which there is a hint. */
	hintCodes: Set<string>;
}

/** Reads all sources below nodes/. */
export function writtenTexts(): WrittenTexts {
	const folder = join(projectFolder, 'nodes');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const texts: WrittenTexts = { all: new Set(), messages: new Set(), hintCodes: new Set() };
	for (const file of files.filter((name) => name.endsWith('.ts'))) {
		const source = readFileSync(join(folder, file), 'utf8');
		collect(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true), texts);
	}
	return texts;
}

function collect(node: ts.Node, texts: WrittenTexts): void {
	const text = textOf(node);
	if (text !== undefined) texts.all.add(text);
	if (ts.isCallExpression(node)) {
		for (const message of messagesOf(node)) texts.messages.add(message);
	}
	for (const code of hintCodesOf(node)) {
		texts.hintCodes.add(code);
		texts.all.add(code);
	}
	ts.forEachChild(node, (child) => collect(child, texts));
}

/** A literal's text; of several parts in a row that are filled in, one `…` is left. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	const parts = node.templateSpans.map(({ literal }) => ANYTHING + literal.text);
	return (node.head.text + parts.join('')).replace(/…+/g, ANYTHING);
}

function messagesOf(call: ts.CallExpression): string[] {
	const called = call.expression.getText();
	const position = MESSAGE_ARGUMENT[called];
	if (position !== undefined) return textsIn(call.arguments[position]);
	if (!TAKE_A_FAILURE.includes(called)) return [];
	const failure = call.arguments.find(ts.isObjectLiteralExpression);
	const fields = failure?.properties.filter(ts.isPropertyAssignment) ?? [];
	return textsIn(fields.find(({ name }) => name.getText() === 'message')?.initializer);
}

/** The names in a provider's `hints`; HTTP statuses are no codes. */
function hintCodesOf(node: ts.Node): string[] {
	if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'hints') return [];
	if (!ts.isObjectLiteralExpression(node.initializer)) return [];
	const names = node.initializer.properties.map(({ name }) => {
		return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
	});
	return names.filter((name) => /^[A-Za-z_/]+$/.test(name));
}

/** The texts that an expression may come to, as far as they are written in it. */
function textsIn(expression: ts.Expression | undefined): string[] {
	if (!expression) return [];
	if (ts.isConditionalExpression(expression)) {
		return [...textsIn(expression.whenTrue), ...textsIn(expression.whenFalse)];
	}
	if (ts.isIdentifier(expression)) return textsIn(constantOf(expression));
	const text = textOf(expression);
	return text === undefined ? [] : [text];
}

/** What a constant of the function around is set to. */
function constantOf({ parent, text }: ts.Identifier): ts.Expression | undefined {
	const block = ts.findAncestor(parent, ts.isBlock);
	const declarations = block?.statements
		.filter(ts.isVariableStatement)
		.flatMap(({ declarationList }) => [...declarationList.declarations]);
	return declarations?.find(({ name }) => name.getText() === text)?.initializer;
}
