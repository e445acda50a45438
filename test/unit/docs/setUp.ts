import type { WorkflowJson } from '../../../dev/n8n/types';
import { namesIn } from './names';
import { NUMBER_WORDS } from './numberWords';

/** What a set-up may call the nodes of a service together. */
const TOGETHER: Record<string, string> = {
	googleDrive: 'Google Drive nodes',
	googleSheets: 'Google Sheets nodes',
	mediaScribe: 'MediaScribe nodes',
	scripe: 'Scripe nodes',
	scriptivox: 'Scriptivox nodes',
	telegram: 'Telegram nodes',
	telegramTrigger: 'Telegram nodes',
	transcripton: 'Transcripton nodes',
	transcriptonTool: 'tools',
	whipscribe: 'Whipscribe nodes',
};
/** Nodes of others than those of the pack and above that take a credential. */
const TAKES_CREDENTIAL = ['googleDriveTrigger', 'lmChatOpenAi', 'n8n', 'redis', 'slack'];

/** The nodes of a template in which a credential is to be chosen. */
export function nodesWithCredential({ nodes }: WorkflowJson): WorkflowJson['nodes'] {
	return nodes.filter(({ type, parameters }) => {
		const [packageName, short = ''] = type.split('.');
		const isOfThePack = packageName === 'n8n-nodes-transcription' && short !== 'transcript';
		return (
			isOfThePack ||
			short in TOGETHER ||
			TAKES_CREDENTIAL.includes(short) ||
			'nodeCredentialType' in parameters ||
			parameters.authentication === 'headerAuth'
		);
	});
}

/** The nodes that a set-up neither names nor means, by `the four Telegram nodes`, where it counts right. */
export function leftOut(setUp: string, nodes: WorkflowJson['nodes']): string[] {
	const named = namesIn(setUp);
	const togetherOf = (type: string) => TOGETHER[type.split('.')[1]!] ?? '–';
	const isMeant = (type: string) => {
		const together = togetherOf(type);
		const [, count] = new RegExp(`(\\w+) ${together}`).exec(setUp) ?? [];
		const number = NUMBER_WORDS.indexOf(count ?? '');
		const all = nodes.filter((node) => togetherOf(node.type) === together);
		return setUp.includes(together) && (number < 1 || number === all.length);
	};
	return nodes
		.filter(({ name, type }) => !named.includes(name) && !isMeant(type))
		.map(({ name }) => name);
}
