import { runCode, type Rows } from './codeNode';

const template = 'failed-jobs';

const report = async (rows: Rows) => {
	const [given] = await runCode(template, 'Report', rows);
	return String(given!.json.text);
};

const failure = (details: Record<string, unknown> = {}) => ({
	workflow: 'Calls',
	node: 'Transcribe',
	code: 'ZERO_BALANCE',
	message: 'Scriptivox refused it',
	advice: 'Add funds.',
	whatToDo: 'needs a human',
	url: 'https://n8n.example.com/workflow/1/executions/2',
	...details,
});

describe('the report of failed jobs', () => {
	it('groups failures by what to do, and those that are alike in one entry', async () => {
		const solved = failure({ whatToDo: 'solved by a retry', workflow: 'Memos', url: '' });

		expect(await report([failure({ url: '' }), failure(), solved])).toBe(
			[
				'Transcription: 3 failed executions',
				'',
				'Needs a human (2)',
				'- Calls, Transcribe: 2 times, at last: Scriptivox refused it',
				'  Add funds.',
				'  https://n8n.example.com/workflow/1/executions/2',
				'',
				'Solved by a retry (1)',
				'- Memos, Transcribe: Scriptivox refused it',
			].join('\n'),
		);
	});

	it('has the most frequent first, each with its last five links', async () => {
		const many = Array.from({ length: 7 }, (_, index) =>
			failure({ node: 'Wait', url: `https://n8n.example.com/${index}` }),
		);

		const text = await report([failure(), ...many]);

		expect(text.indexOf('Calls, Wait: 7 times')).toBeLessThan(text.indexOf('Calls, Transcribe'));
		expect(text).not.toContain('https://n8n.example.com/1\n');
		expect(text).toContain('https://n8n.example.com/2\n');
	});

	it.each([[''], [null], [undefined], ['an older state'], ['constructor']])(
		'lists what it counts, also where its row says to do %p',
		async (whatToDo) => {
			expect(await report([failure({ whatToDo })])).toContain(
				'Not sorted (1)\n- Calls, Transcribe: Scriptivox refused it',
			);
		},
	);

	it.each([
		['message', '- Calls, Transcribe: No reason was given.'],
		['advice', '- Calls, Transcribe: Scriptivox refused it'],
		['node', '- Calls: Scriptivox refused it'],
		['url', '- Calls, Transcribe: Scriptivox refused it'],
		['code', '- Calls, Transcribe: Scriptivox refused it'],
	])('says nothing of what a row does not have: %s', async (column, entry) => {
		for (const value of [null, undefined, '']) {
			const text = await report([failure({ [column]: value })]);
			expect(text).toContain(entry);
			expect(text).not.toMatch(/null|undefined/);
		}
	});

	it('has an entry for a row without workflow and node', async () => {
		expect(await report([failure({ workflow: null, node: null })])).toContain('- A workflow: ');
	});

	it.each([
		['calls a channel', 'a <!channel> b', 'a &lt;!channel&gt; b'],
		['names a person', '<@U123> & co', '&lt;@U123&gt; &amp; co'],
		['links elsewhere', '<https://evil.example|here>', '&lt;https://evil.example|here&gt;'],
		['calls everybody in Mattermost', '@channel @ALL', '@\u200bchannel @\u200bALL'],
		['starts a paragraph', 'one\n\nNeeds a human (9)', 'one Needs a human (9)'],
	])('shows a text from outside as it is, also one that %s', async (_what, from, shown) => {
		for (const column of ['message', 'advice', 'workflow', 'node', 'url']) {
			const text = await report([failure({ [column]: from })]);
			expect(text).toContain(shown);
			expect(text).not.toContain(from);
		}
	});

	it('says how many failures it has no room for', async () => {
		const rows = Array.from({ length: 100 }, (_, index) =>
			failure({ code: `CODE_${index}`, message: `${index} ${'x'.repeat(400)}` }),
		);

		const text = await report(rows);

		const entries = text.match(/^- /gm)!.length;
		expect(text.length).toBeLessThanOrEqual(12000);
		expect(entries).toBeGreaterThan(20);
		expect(text).toMatch(
			new RegExp(`… and ${100 - entries} more: see the Data Table "Failed jobs".$`),
		);
	});

	it('cuts no character and no entry in its middle', async () => {
		const text = await report([failure({ message: '😀'.repeat(700) })]);

		expect(text).toContain(`${'😀'.repeat(600)} …\n  Add funds.`);
	});
});

describe('a failure', () => {
	const error = {
		message: 'Scriptivox refused the request (ZERO_BALANCE) [item 2]',
		description: 'Add funds.',
		node: { name: 'Transcribe', type: 'n8n-nodes-transcription.scriptivox' },
	};
	const happened = async (given: Record<string, unknown>) => {
		const others = {
			'When a Workflow Fails': [{ workflow: { id: 'w', name: 'Calls' }, ...given }],
		};
		return (await runCode(template, 'What Happened', [{}], others))[0]!.json;
	};

	it('is known by its execution, its node and the code that its message ends with', async () => {
		expect(await happened({ execution: { id: '7', url: 'u', error } })).toEqual({
			executionId: '7',
			failedId: '7',
			url: 'u',
			workflow: 'Calls',
			node: 'Transcribe',
			code: 'ZERO_BALANCE',
			message: error.message,
			advice: 'Add funds.',
			isTranscription: true,
			isTemporary: false,
			mayHaveArrived: false,
		});
	});

	it('belongs to the execution that it retried', async () => {
		expect(await happened({ execution: { id: '8', retryOf: '7', error } })).toMatchObject({
			executionId: '7',
			failedId: '8',
		});
	});

	it('of a trigger has no execution', async () => {
		expect(await happened({ trigger: { error: { message: 'No line' } } })).toMatchObject({
			executionId: 'trigger of w',
			message: 'No line',
			url: '',
			node: '',
			isTranscription: false,
		});
	});

	it.each([
		['nothing', undefined],
		['null', null],
		['texts that are none', { message: '', description: null, context: null, node: null }],
		['another kind of value', { message: 7, description: { a: 1 } }],
	])('whose error holds %s has a reason all the same', async (_what, given) => {
		const { message, advice, code } = await happened({ execution: { id: '7', error: given } });

		expect(message).toBeTruthy();
		expect([typeof message, typeof advice, code]).toEqual(['string', 'string', '']);
	});

	it.each([
		[{ context: { httpStatus: 503 } }, true],
		[{ httpCode: '429' }, true],
		[{ context: { httpStatus: 404 }, httpCode: '503' }, false],
		[{}, false],
	])('may pass by itself by its status: %j', async (details, isTemporary) => {
		expect((await happened({ execution: { id: '7', error: details } })).isTemporary).toBe(
			isTemporary,
		);
	});
});

describe('what is done about a failure', () => {
	const settings = {
		giveUpCodes: 'FILE_TOO_LARGE, CANCELLED',
		retryLaterCodes: 'RATE_LIMITED ETIMEDOUT',
		maxRetries: 3,
		firstRetryMinutes: 15,
	};
	const sorted = async (failed: Record<string, unknown>, known: Record<string, unknown> = {}) => {
		const happened = { isTranscription: true, executionId: '7', code: '', ...failed };
		const others = { Settings: [settings], 'What Happened': [happened] };
		return (await runCode(template, 'What to Do', [known], others))[0]!.json;
	};

	it.each([
		[{ code: 'RATE_LIMITED' }, 'retry later'],
		[{ isTemporary: true }, 'retry later'],
		[{ code: 'CANCELLED', isTemporary: true }, 'give up'],
		[{ code: 'ZERO_BALANCE' }, 'needs a human'],
		[{ code: '' }, 'needs a human'],
		[{ code: 'RATE_LIMITED', mayHaveArrived: true }, 'needs a human'],
		[{ code: 'RATE_LIMITED', isTranscription: false }, 'needs a human'],
	])('of %j: %s', async (failed, whatToDo) => {
		expect(await sorted(failed)).toMatchObject({ whatToDo, retries: 0, reportedAs: '' });
	});

	it('is to give up after as many retries as the settings say', async () => {
		const known = { id: 1, retries: 3, whatToDo: 'retry later', reportedAs: 'retry later' };

		expect(await sorted({ isTemporary: true }, known)).toMatchObject({
			whatToDo: 'give up',
			reportedAs: '',
		});
	});

	it('is that of the row that has followed a parked retry', async () => {
		const followed = { id: 1, executionId: '8' };

		expect(await sorted({ executionId: '7', failedId: '8' }, followed)).toMatchObject({
			executionId: '8',
		});
	});

	it('waits twice as long each time, and is not reported again', async () => {
		const known = { id: 1, retries: 2, whatToDo: 'retry later', reportedAs: 'retry later' };

		const { nextTryAt, ...row } = await sorted({ isTemporary: true }, known);

		expect(row).toEqual({
			executionId: '7',
			code: '',
			whatToDo: 'retry later',
			retries: 2,
			reportedAs: 'retry later',
		});
		expect(Number(nextTryAt) - Date.now()).toBeGreaterThan(59 * 60_000);
	});

	it('is to be the same where its row has empty columns', async () => {
		const known = { id: 1, retries: null, whatToDo: null, reportedAs: null };

		expect(await sorted({ isTemporary: true }, known)).toMatchObject({
			retries: 0,
			nextTryAt: expect.any(Number) as number,
			reportedAs: '',
		});
	});
});

describe('the execution of a failure', () => {
	const row = { id: 3, state: 'open', updatedAt: new Date().toISOString() };
	const long = { ...row, updatedAt: new Date(Date.now() - 25 * 3600_000).toISOString() };
	const due = (details: object) => ({ data: { executionData: { nodeExecutionStack: [details] } } });
	const parked = {
		node: { name: 'Transcribe (it waits for its job: retry with original workflow)' },
	};
	const standing = async (known: Record<string, unknown>, execution: Record<string, unknown>) => {
		const [given] = await runCode(template, 'How It Stands', [execution], {
			'Is Due': [known],
		});
		return given!.json;
	};

	it.each([
		['is retried', row, { status: 'error' }, 'retry'],
		['is retried, one without data too', row, {}, 'retry'],
		['is retried with one item', row, due({ data: { main: [[{}]] } }), 'retry'],
		['is solved by a retry', row, { status: 'error', retrySuccessId: '9' }, 'solved'],
		[
			'is solved where it was followed',
			{ ...row, state: 'retrying' },
			{ status: 'success' },
			'solved',
		],
		['is being retried', { ...row, state: 'retrying' }, { status: 'error' }, 'under way'],
		['is looked at again where n8n answers late', row, { error: 'timeout of 10 s' }, 'under way'],
		['is parked for days', { ...long, state: 'retrying' }, { status: 'waiting' }, 'under way'],
	])('%s', async (_what, known, execution, expected) => {
		expect(await standing(known, execution)).toEqual({
			id: 3,
			standing: expected,
			loadWorkflow: true,
		});
	});

	it.each([
		['has several items', row, due({ data: { main: [[{}, {}]] } }), 'several items'],
		[
			'was retried a day ago without a word since',
			{ ...long, state: 'retrying' },
			{ status: 'error' },
			'what became of its retry',
		],
		['cannot be read', row, { error: 'Not found' }, 'n8n could not retry it: Not found'],
	])('is left to a human where it %s', async (_what, known, execution, advice) => {
		expect(await standing(known, execution)).toMatchObject({
			standing: 'leave',
			advice: expect.stringContaining(advice) as string,
		});
	});

	it('is retried with its own workflow where it was parked', async () => {
		expect(await standing(row, due(parked))).toEqual({
			id: 3,
			standing: 'retry',
			loadWorkflow: false,
		});
	});
});

describe('an execution that n8n does not retry', () => {
	const why = async (...items: Rows) => await runCode(template, 'Why Not', items);

	it('says why', async () => {
		expect(
			await why(
				{ error: { message: 'Not found' } },
				{ error: 'Forbidden' },
				{ advice: 'Its node had several items.' },
			),
		).toEqual([
			{ json: { advice: 'n8n could not retry it: Not found' }, pairedItem: { item: 0 } },
			{ json: { advice: 'n8n could not retry it: Forbidden' }, pairedItem: { item: 1 } },
			{
				json: { advice: 'Its node had several items.' },
				pairedItem: { item: 2 },
			},
		]);
	});

	it('may be under way after a call that took too long', async () => {
		const given = await why(
			{ error: { code: 'ECONNABORTED' } },
			{ error: { message: 'timeout of 10000ms exceeded' } },
			{ error: 'Gone' },
		);

		expect(given.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 2 }]);
	});
});
