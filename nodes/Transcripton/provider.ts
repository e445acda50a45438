import { readDetail } from '../shared/http/detailError';
import { frozen } from '../shared/core/frozen';
import type { JobProvider } from '../shared/core/provider';
import { objectOf } from '../shared/core/wireValues';

const FILE_HINT = 'Split or compress the recording, or use a larger Transcripton plan.';
const PLAN_HINT = 'The account’s plan does not have this. Choose a larger one in the dashboard.';
const MINUTES_HINT =
	"The plan's minutes of this month are used up. Wait for the next period, or choose a larger plan.";

/** Figures that Transcripton puts beside an error's message (Transcripton API reference). */
const FIGURES = [
	'minutes_used',
	'minutes_limit',
	'plan',
	'reset_at',
	'max_file_size_mb',
	'max_file_minutes',
];

/** What `shared` has to know about Transcripton. */
export const transcripton = frozen<JobProvider>({
	name: 'Transcripton',
	readWith: 'Job: Wait or Job: Get',
	listWith: 'Job: Get Many',
	goneCodes: ['not_found'],
	credentialType: 'transcriptonApi',
	secretFields: ['apiKey', 'webhookSecret', 'previousWebhookSecret'],
	/** The envelope is `{ detail: { code, message, … } }` (Transcripton API reference). */
	readError(body) {
		const said = readDetail(body);
		if (!said) return undefined;
		return { ...said, message: [said.message, figuresOf(body)].filter(Boolean).join(': ') };
	},
	fileCodes: ['unsupported_format'],
	hints: {
		unsupported_format:
			'Check that the file plays and that its extension says what it is: Transcripton looks at its first bytes.',
		unsupported_language:
			'Choose another target language: Transcripton does not translate into it.',
		invalid_api_key:
			'Open the credential and enter an active key from app.transcription.solutions, Settings, API Keys.',
		quota_exceeded: MINUTES_HINT,
		translation_quota_exceeded:
			"The plan's translations of this month are used up. Wait for the next period, or choose a larger plan.",
		email_not_verified: 'Confirm the email address of the Transcripton account first.',
		polish_requires_paid_plan: PLAN_HINT,
		summarize_requires_paid_plan: PLAN_HINT,
		translation_not_in_plan: PLAN_HINT,
		not_found: 'Check the ID, and that the credential belongs to the account that made it.',
		job_not_ready:
			'The job has not ended yet. Use Job: Wait first, or Wait Until Ready where the options have it.',
		file_too_large: FILE_HINT,
		file_too_long: FILE_HINT,
		asr_quota_exceeded: 'Transcripton has no capacity at the moment. Run the node again later.',
		translation_unavailable: 'Translation is down at the moment. Run the node again later.',
	},
	transientCodes: ['asr_quota_exceeded', 'translation_unavailable'],
});

function figuresOf(body: unknown): string {
	const detail = objectOf(objectOf(body).detail);
	return FIGURES.filter((name) => ['string', 'number'].includes(typeof detail[name]))
		.map((name) => `${name} ${String(detail[name])}`)
		.join(', ');
}
