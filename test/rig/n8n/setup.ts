const LONGEST_TEST_MINUTES = 20;

// what a real n8n works through takes seconds on a fast machine, and minutes on a busy one
jest.setTimeout(LONGEST_TEST_MINUTES * 60_000);
