import { LINE_LIMITS } from '../../../nodes/shared/http/lineLimits';
import { hostileAnswers } from '../../everyOperation/hostileReplies';
import { HOSTILE_KINDS } from '../../rig/flood/hostileRequests';
import { textOf } from './textOf';

const page = textOf('SECURITY.md');

describe('SECURITY.md', () => {
	it.each([
		['kinds of hostile replies', Object.keys(hostileAnswers('')).length],
		['kinds of forged, altered, overlong and malformed calls', HOSTILE_KINDS.length],
		['MB of a reply is held', LINE_LIMITS.replyBytes / 1024 ** 2],
		['MB of a refusal', LINE_LIMITS.refusalBytes / 1024 ** 2],
	])('says how many %s: %d', (words, number) => {
		expect(page).toContain(` ${number} ${words}`);
	});
});
