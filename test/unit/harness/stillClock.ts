import { resetClock } from './clock';

export { advanceSeconds, START, waits } from './clock';

// whoever imports this gets the clock that stands still; other tests keep the real one
beforeEach(resetClock);
