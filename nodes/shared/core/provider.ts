import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** Every n8n context from which a provider may be called. */
export type RequestContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

/** Every n8n context that gives out items, whose files n8n stores. */
export type ItemContext = IExecuteFunctions | IPollFunctions | IWebhookFunctions;

/** What a provider says when it refuses a request or when a job fails. */
export interface ProviderError {
	/** The provider's own code, such as `ZERO_BALANCE`; null where it gives none. */
	code: string | null;
	/** The provider's own words, not yet safe to show. */
	message: string;
	/** What to do, made from the reply's own fields; in place of the code's hint. */
	advice?: string;
	/** What the provider calls the request, for its support to find it. */
	requestId?: string;
}

/** How a user gets at a provider's jobs by hand: operations as the panel names them. */
export interface JobOperations {
	/** What gives the transcript of a job by its ID, such as `Job: Wait or Job: Get`. */
	readWith: string;
	/** What lists jobs, such as `Job: Get Many`. */
	listWith: string;
}

/** A provider that works on jobs. */
export type JobProvider = Provider &
	JobOperations & {
		/** Its codes for a job that is not there, deleted or another account's. */
		goneCodes: string[];
	};

/** What `shared` has to know about a provider to talk to it and to explain its replies. */
export interface Provider {
	/** The name as the vendor writes it. */
	name: string;
	/** The credential type that authenticates every call; it holds `baseUrl`, or `address` is set. */
	credentialType: string;
	/** The API's address where it is always the same, without a slash at its end. */
	address?: string;
	/** Whether a token that n8n renews after a 401 stands in the credential. */
	renewsToken?: boolean;
	/** The credential's fields that must never be shown; a dot leads into an object. */
	secretFields: string[];
	/** Reads the provider's error envelope; undefined where the body is none. */
	readError(body: unknown): ProviderError | undefined;
	/**
	 * What a user can do about each of the provider's error codes; where there is none, about an HTTP
	 * status (`401`) or a network code.
	 */
	hints: Record<string, string>;
	/** Codes of a refusal for what a file is: its contents may be others than its name says. */
	fileCodes?: string[];
	/** Whether its own refusals may be web pages; else one is of something in between. */
	refusesWithPages?: boolean;
	/** Codes of a refusal that passes by itself: nothing was done, and the request is sent again. */
	transientCodes?: string[];
}

/** The signal that ends a wait when the user stops the execution; undefined where n8n gives none. */
export function cancelSignalOf(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** The context as an execution over items; undefined in triggers and pickers. */
export function executionOf(context: RequestContext): IExecuteFunctions | undefined {
	return 'getInputData' in context ? context : undefined;
}

/** What a user can do about a provider's code; undefined where nobody knows. */
export function hintFor({ hints }: Provider, code: string | null | undefined): string | undefined {
	return code && Object.hasOwn(hints, code) ? hints[code] : undefined;
}
