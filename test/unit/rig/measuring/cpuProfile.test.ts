import { sharesOf } from '../../../rig/measuring/cpuProfile';

const frame = (id: number, functionName: string, url: string, children: number[] = []) => ({
	id,
	callFrame: { functionName, url },
	children,
});

it('gives each sample to the innermost caller that is of a part, and leaves out where nothing works', () => {
	const profile = {
		nodes: [
			frame(1, '(root)', '', [2, 5, 6]),
			frame(2, 'execute', 'file:///pack/node.js', [3]),
			frame(3, 'request', 'file:///axios/axios.js', [4]),
			frame(4, 'parse', 'node:url'),
			frame(5, '(idle)', ''),
			frame(6, 'post', 'node:inspector'),
		],
		samples: [1, 2, 3, 4, 5, 6],
		timeDeltas: [10, 20, 30, 40, 500, 500],
	};

	expect(sharesOf(profile, { pack: /\/pack\//, requests: /\/axios\// })).toEqual([
		['requests', 0.7],
		['pack', 0.2],
		['other', 0.1],
	]);
});
