/** Small numbers in words, as a page writes them: `NUMBER_WORDS[2]` is `two`. */
export const NUMBER_WORDS = [
	'no',
	'one',
	'two',
	'three',
	'four',
	'five',
	'six',
	'seven',
	'eight',
	'nine',
	'ten',
];
