import { ENDPOINTS } from '../../../dev/simulator/scriptivox/endpoints';
import type { Simulator } from '../../../dev/simulator/server';
import type { FaultyCalls } from './faultSchedule';
import type { FaultyProvider } from './faultSubject';

/** What goes wrong at Scriptivox. */
export const SCRIPTIVOX_CALLS: FaultyCalls = {
	reset: [ENDPOINTS.put],
	refused: [ENDPOINTS.upload, ENDPOINTS.transcribe, ENDPOINTS.get],
};

/** The simulated Scriptivox, for faults to happen to. */
export function faultyScriptivox({ scriptivox }: Simulator): FaultyProvider {
	return {
		calls: SCRIPTIVOX_CALLS,
		fail: (fault) => scriptivox.fail(fault),
		uploads() {
			const { created, stored } = scriptivox.statistics().uploads;
			return { begun: created, ended: stored };
		},
		slowDown: (bytesPerSecond) => scriptivox.configure({ uploads: { bytesPerSecond } }),
		setClock: (clockOffsetSeconds) => scriptivox.configure({ webhooks: { clockOffsetSeconds } }),
	};
}
