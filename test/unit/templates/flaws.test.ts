import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { flawsOf } from '../../../dev/templates/flaws';
import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';

const type = 'n8n-nodes-transcription.scriptivox';
const nodeTypes: INodeTypeDescription[] = [{ ...new Scriptivox().description, name: type }];

const fitting: INodeParameters = {
	resource: 'transcription',
	operation: 'transcribe',
	inputType: 'url',
	url: 'https://example.com/recording.mp3',
	diarize: true,
	options: { speakerCount: 2 },
};

function flawsWith(changes: INodeParameters, node: Partial<INode> = {}): string[] {
	const parameters = { ...fitting, ...changes };
	const whole = { id: '1', name: 'Node', type, typeVersion: 1, position: [0, 0], parameters };
	return flawsOf({ ...whole, ...node } as INode, nodeTypes);
}

describe('what does not fit in a template', () => {
	it('is nothing where all parameters are known', () => {
		expect(flawsWith({})).toEqual([]);
	});

	it.each([
		['a node that is not there', { type: 'n8n-nodes-transcription.other' }, 'no node'],
		['a version that is not there', { typeVersion: 2 }, 'no node'],
	])('is %s', (_what, node, flaw) => {
		expect(flawsWith({}, node)).toEqual([expect.stringContaining(flaw)]);
	});

	it.each([
		['a parameter that was renamed', { link: 'https://example.com' }, 'no parameter link'],
		['a parameter of another input type', { uploadId: 'x' }, 'no parameter uploadId'],
		['a value that is not offered', { inputType: 'ftp' }, 'inputType cannot be ftp'],
		['a value that a list does not offer', { language: 'xx' }, 'language cannot be xx'],
		['an option that was renamed', { options: { dairize: true } }, 'no parameter dairize'],
		['an option of a choice that is not made', { diarize: false }, 'no parameter speakerCount'],
	])('is %s', (_what, changes, flaw) => {
		expect(flawsWith(changes as INodeParameters).join('\n')).toContain(flaw);
	});

	it('is no value that an expression gives', () => {
		expect(flawsWith({ language: '={{ $json.language }}' })).toEqual([]);
	});
});
