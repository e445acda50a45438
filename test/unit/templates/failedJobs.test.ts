import { N8N_URL, runCode, type Rows, WORKFLOW } from './codeNode';

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
			isOfN8n: false,
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
			isOfN8n: false,
		});
	});

	it('is of n8n where it names no node', async () => {
		const away = { message: 'the database system is not yet accepting connections' };

		expect(await happened({ execution: { id: '7', error: away } })).toMatchObject({
			isOfN8n: true,
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
		[{ code: '', isOfN8n: true, isTranscription: false }, 'retry later'],
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
		const followed = { id: 1, executionId: '8', url: 'first' };

		expect(
			await sorted({ executionId: '7', failedId: '8', url: 'second' }, followed),
		).toMatchObject({
			executionId: '8',
			url: 'first',
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
	const row = { id: 3, state: 'open', node: 'Transcribe', updatedAt: new Date().toISOString() };
	const ofN8n = { ...row, node: '' };
	const long = { ...row, updatedAt: new Date(Date.now() - 25 * 3600_000).toISOString() };
	const due = (details: object) => ({ data: { executionData: { nodeExecutionStack: [details] } } });
	const parked = {
		node: { name: 'Transcribe (it waits for its job: retry with original workflow)' },
	};
	/** Transcribe leads to such a node by way of another, and both lead back to it. */
	const leadsTo = (type: string) => ({
		workflowData: {
			nodes: [
				{ name: 'Transcribe', type: 'n8n-nodes-transcription.scriptivox' },
				{ name: 'Then', type: 'n8n-nodes-base.noOp' },
				{ name: 'Last', type },
			],
			connections: {
				Transcribe: { main: [null, [{ node: 'Then' }]] },
				Then: { main: [[{ node: 'Last' }, { node: 'Transcribe' }]] },
			},
		},
	});
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
		['failed at none of its nodes', ofN8n, due({ data: { main: [[{}]] } }), 'none of its nodes'],
		[
			'has lost its data, and waited for a job',
			ofN8n,
			{ status: 'error', customData: { jobs_under_way: 'Scriptivox job-7' } },
			'transcript of its job: Scriptivox job-7.',
		],
		['is too large to be shown', row, { dataTooLargeToDisplay: true }, 'which is too large'],
		[
			'crashed with another node of the pack to come',
			row,
			{ ...due(parked), ...leadsTo('n8n-nodes-transcription.scriptivox'), status: 'crashed' },
			'may pay for again',
		],
		[
			'failed at none of its nodes with another node of the pack to come',
			ofN8n,
			{ ...due(parked), ...leadsTo('n8n-nodes-transcription.scriptivox'), status: 'error' },
			'may pay for again',
		],
	])('is left to a human where it %s', async (_what, known, execution, advice) => {
		expect(await standing(known, execution)).toMatchObject({
			standing: 'leave',
			advice: expect.stringContaining(advice) as string,
		});
	});

	it('waits for the next look behind 20 that start again, other than one that was cut off while parked', async () => {
		const others = Array.from({ length: 24 }, () => ({ status: 'error' }));
		const cutOff = { ...due(parked), ...leadsTo('n8n-nodes-base.set'), status: 'crashed' };
		const failed = { ...due(parked), status: 'error' };
		const executions = [...others, cutOff, failed];

		const given = await runCode(template, 'How It Stands', executions, {
			'Is Due': executions.map(() => row),
		});

		const standings = given.map(({ json }) => json.standing);
		expect(standings).toEqual([
			...Array.from({ length: 20 }, () => 'retry'),
			...Array.from({ length: 4 }, () => 'under way'),
			'retry',
			'under way',
		]);
	});

	it.each([
		['its job failed', row, 'error', 'n8n-nodes-transcription.scriptivox'],
		['it crashed', row, 'crashed', 'n8n-nodes-base.set'],
		['it crashed before its files', row, 'crashed', 'n8n-nodes-transcription.transcript'],
		['n8n failed', ofN8n, 'error', 'n8n-nodes-base.set'],
	])(
		'is retried with its own workflow where it was parked, and %s',
		async (_what, known, status, next) => {
			expect(await standing(known, { ...due(parked), ...leadsTo(next), status })).toEqual({
				id: 3,
				standing: 'retry',
				loadWorkflow: false,
			});
		},
	);
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

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('executions that have newly crashed', () => {
	const crash = { id: '9', retryOf: null, stoppedAt: ago(20) };
	const newly = async (crashed: Rows, rows: Rows = []) =>
		(
			await runCode(template, 'Newly Crashed', rows, {
				Settings: [{ firstRetryMinutes: 15 }],
				'Crashed Executions': crashed,
				'Known Failures': rows,
			})
		).map(({ json }) => json);
	const retrying = { executionId: '9', state: 'retrying', updatedAt: ago(30) };

	it('are those of which the table knows nothing', async () => {
		const other = { executionId: '8', state: 'open', updatedAt: ago(1) };

		expect(await newly([crash, { ...crash, id: '8' }], [other])).toEqual([{ id: '9' }]);
	});

	it.each([
		['crashed a moment ago, as those do that still run', { ...crash, stoppedAt: ago(14) }],
		['crashed before yesterday', { ...crash, stoppedAt: ago(25 * 60) }],
		['do not say when', { ...crash, stoppedAt: null }],
	])('are none that %s', async (_what, given) => {
		expect(await newly([given])).toEqual([]);
	});

	it.each([
		['that its row had followed', crash, retrying],
		['whose row is that of what it retries', { ...crash, id: '10', retryOf: '9' }, retrying],
		['of an ID that is a number', { ...crash, id: 9 }, retrying],
	])('are retries too, one %s', async (_what, given, row) => {
		expect(await newly([given], [row])).toEqual([{ id: given.id, row }]);
	});

	it.each([
		['is open', { ...retrying, state: 'open' }],
		['is solved', { ...retrying, state: 'solved' }],
		['has been claimed since for another retry', { ...retrying, updatedAt: ago(10) }],
	])('are none whose row %s', async (_what, row) => {
		expect(await newly([crash], [row])).toEqual([]);
	});

	it('are none that a row has followed the retry of', async () => {
		const url = 'https://n8n.example.com/workflow/w/executions/9';
		const followed = { executionId: '12', state: 'retrying', url, updatedAt: ago(10) };

		expect(await newly([crash, { ...crash, id: '19' }], [followed])).toEqual([{ id: '19' }]);
	});

	it('are at most 100 at a look', async () => {
		const crashed = Array.from({ length: 110 }, (_, id) => ({ ...crash, id: String(id) }));

		expect(await newly(crashed)).toHaveLength(100);
	});
});

describe('the row of an execution that crashed', () => {
	const workflowData = { name: 'Calls', settings: { errorWorkflow: WORKFLOW } };
	const stack = (name: string) => ({
		executionData: { nodeExecutionStack: [{ node: { name } }] },
		resultData: { lastNodeExecuted: 'Webhook' },
	});
	const PARKED = 'Transcribe (it waits for its job: retry with original workflow)';
	const crashed = { workflowId: 'w1', workflowData, data: stack(PARKED) };
	const rows = async (executions: Rows, row?: object) =>
		(
			await runCode(template, 'What Crashed', executions, {
				Settings: [{ maxRetries: 5 }],
				'Newly Crashed': executions.map((_, index) => ({ id: String(index), row })),
			})
		).map(({ json }) => json);

	it('is retried now where it was parked', async () => {
		const [{ nextTryAt, ...row }] = (await rows([crashed])) as [Record<string, unknown>];

		expect(row).toEqual({
			executionId: '0',
			url: `${N8N_URL}/workflow/w1/executions/0`,
			workflow: 'Calls',
			node: 'Transcribe',
			code: '',
			message: expect.stringContaining('crashed') as string,
			advice: '',
			whatToDo: 'retry later',
			retries: 0,
			reportedAs: '',
		});
		expect(nextTryAt).toBeLessThanOrEqual(Date.now());
	});

	it.each([
		['needs a human where it was not parked', { ...crashed, data: stack('Transcribe') }],
		['needs a human where n8n has kept nothing', { ...crashed, data: undefined }],
	])('%s', async (_what, execution) => {
		expect(await rows([execution])).toMatchObject([
			{ whatToDo: 'needs a human', advice: expect.stringContaining('Get reads') as string },
		]);
	});

	it('is given up after as many retries as the settings say, and stays the row that it was', async () => {
		const execution = { ...crashed, customData: { jobs_under_way: 'Scriptivox job-7' } };

		expect(await rows([execution], { executionId: '3', url: 'first', retries: 5 })).toMatchObject([
			{
				executionId: '3',
				url: 'first',
				retries: 5,
				whatToDo: 'give up',
				advice: expect.stringContaining('its job: Scriptivox job-7.') as string,
			},
		]);
	});

	it('is not reported where the workflow has another error workflow, or none', async () => {
		const others = [{ errorWorkflow: 'another' }, {}, undefined];
		const executions = others.map((settings) => ({
			...crashed,
			workflowData: { ...workflowData, settings },
		}));

		expect(
			(await rows(executions)).map(({ whatToDo, reportedAs }) => [whatToDo, reportedAs]),
		).toEqual(others.map(() => ['not looked after', 'not looked after']));
	});

	it('waits for the next look where it cannot be read', async () => {
		expect(await rows([{ error: 'timeout' }, crashed])).toMatchObject([{ executionId: '1' }]);
	});
});
