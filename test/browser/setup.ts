const LONGEST_TEST_MINUTES = 5;

// a person's clicks, on a machine that may be busy
jest.setTimeout(LONGEST_TEST_MINUTES * 60_000);
