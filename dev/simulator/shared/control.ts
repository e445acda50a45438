import type { FastifyPluginAsync } from 'fastify';
import type { Fault } from './faults';
import type { SimulatedProvider } from './provider';

/** What goes into POST /control/fail: a fault and the provider that it is for. */
interface FaultRequest extends Fault {
	provider: string;
}

/** The endpoints that steer and count; they are no provider's, and ask for no key. */
export function controlRoutes(providers: SimulatedProvider[]): FastifyPluginAsync {
	const named = (name: string) => {
		const provider = providers.find((each) => each.name === name);
		if (!provider) throw new Error(`There is no provider "${name}"`);
		return provider;
	};
	return async (app) => {
		app.setErrorHandler((error, _request, reply) => {
			void reply.code(400).send({ error: (error as Error).message });
		});
		app.get('/statistics', async () =>
			Object.fromEntries(providers.map((each) => [each.name, each.statistics()])),
		);
		app.post('/reset', async () => {
			for (const provider of providers) provider.reset();
			return {};
		});
		app.post<{ Body: Record<string, object> }>('/settings', async ({ body }) => {
			for (const [name, changes] of Object.entries(body)) named(name).configure(changes);
			return {};
		});
		app.post<{ Body: FaultRequest }>('/fail', async ({ body: { provider, ...fault } }) => {
			named(provider).fail(fault);
			return {};
		});
		app.post<{ Body: { provider: string } }>('/recover', async ({ body }) => {
			named(body.provider).recover();
			return {};
		});
		for (const provider of providers) {
			app.get(`/${provider.name}/settings`, async () => provider.settings);
			if (!provider.controlRoutes) continue;
			await app.register(provider.controlRoutes, { prefix: `/${provider.name}` });
		}
	};
}
