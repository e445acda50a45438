import type { FastifyInstance, FastifyRequest } from 'fastify';
import { meetFault, meetReplyFault } from '../shared/faults';
import type { Appliance } from './appliance';
import { ENDPOINTS } from './endpoints';
import { errorBody, Refusal, refusalOf } from './errors';

/** What holds for every call: tokens, faults, counts and error replies. */
export function useRequestRules(app: FastifyInstance, appliance: Appliance): void {
	app.removeContentTypeParser('text/plain');
	app.addHook('onRequest', async (request, reply) => {
		const { endpoint } = request.routeOptions.config;
		if (!endpoint) return;
		appliance.counts.follow(endpoint, reply.raw);
		const { apiTokens } = appliance.settings;
		if (apiTokens.some((token) => request.url.includes(token))) appliance.tokensSeenInUrls += 1;
		if (await meetFault(appliance.faults.take(endpoint), request, reply, errorBody)) return reply;
		if (!apiTokens.includes(tokenOf(request))) {
			throw new Refusal(401, 'The API token is missing or unknown');
		}
		return undefined;
	});
	app.addHook('onSend', async (request, reply, payload) =>
		meetReplyFault(request, reply, payload, errorBody),
	);
	app.setErrorHandler((error, _request, reply) => {
		const { status, headers, message } = refusalOf(error);
		void reply
			.code(status)
			.headers(headers)
			.send(errorBody(status, undefined, message));
	});
	app.setNotFoundHandler(() => {
		throw new Refusal(404, 'There is nothing at this address');
	});
}

/** The status, starting and stopping by either path, and the preset. */
export function useControl(app: FastifyInstance, appliance: Appliance): void {
	const { counts } = appliance;

	app.get('/api/control/status', {
		config: { endpoint: ENDPOINTS.getStatus },
		handler: async (request) => {
			counts.fields(ENDPOINTS.getStatus, request.query, []);
			return appliance.status();
		},
	});

	app.put('/api/control/status', {
		config: { endpoint: ENDPOINTS.control },
		handler: async ({ body }) => {
			if (!appliance.settings.controlPaths.status) {
				throw new Refusal(405, 'This address can only be read', { allow: 'GET' });
			}
			counts.fields(ENDPOINTS.control, body, ['action']);
			act(appliance, body);
			// JSON, of a shape that the vendor does not document
			return {};
		},
	});

	app.put('/api/control/recording', {
		config: { endpoint: ENDPOINTS.record },
		handler: async ({ body }, reply) => {
			if (!appliance.settings.controlPaths.recording) {
				throw new Refusal(404, 'There is nothing at this address');
			}
			counts.fields(ENDPOINTS.record, body, ['action']);
			act(appliance, body);
			return await reply.code(204).send();
		},
	});

	app.put('/api/control/preset', {
		config: { endpoint: ENDPOINTS.activatePreset },
		handler: async ({ body }, reply) => {
			counts.fields(ENDPOINTS.activatePreset, body, ['presetId']);
			appliance.activate(textIn(body, 'presetId'));
			return await reply.code(204).send();
		},
	});
}

function act(appliance: Appliance, body: unknown): void {
	const action = textIn(body, 'action');
	if (action === 'start') appliance.start();
	else if (action === 'stop') appliance.stop();
	else throw new Refusal(422, 'action must be start or stop');
}

function textIn(body: unknown, field: string): string {
	const value: unknown =
		typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
	if (typeof value === 'string') return value;
	throw new Refusal(422, `${field} must be a string`);
}

function tokenOf(request: FastifyRequest): string {
	return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}
