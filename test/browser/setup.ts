import { selectors } from 'playwright-core';

const LONGEST_TEST_MINUTES = 5;

// a person's clicks, on a machine that may be busy
jest.setTimeout(LONGEST_TEST_MINUTES * 60_000);

// as n8n's editor names its parts
selectors.setTestIdAttribute('data-test-id');
