import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../dev/paths';
import { LINE_LIMITS } from '../../../nodes/shared/http/lineLimits';
import { hostileAnswers } from '../../everyOperation/hostileReplies';
import { HOSTILE_KINDS } from '../../rig/flood/hostileRequests';

const page = readFileSync(join(projectFolder, 'SECURITY.md'), 'utf8');

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
