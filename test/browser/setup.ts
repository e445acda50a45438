import { selectors } from 'playwright-core';

const LONGEST_TEST_MINUTES = 5;

// a person's clicks, on a machine that may be busy
jest.setTimeout(LONGEST_TEST_MINUTES * 60_000);

// as n8n's editor names its parts
selectors.setTestIdAttribute('data-test-id');

// n8n's editor now and then drops what is typed or dragged while it still draws
jest.retryTimes(2, { logErrorsBeforeRetry: true });
