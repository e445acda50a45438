const LONGEST_TEST_MINUTES = 20;

// each of these starts a real n8n, which takes seconds on a fast machine and minutes on a busy one
jest.setTimeout(LONGEST_TEST_MINUTES * 60_000);
