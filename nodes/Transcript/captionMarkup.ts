/** What one speaker says in a caption. */
export interface Said {
	/** Null where the caption names nobody. */
	speaker: string | null;
	text: string;
}

/** The voice of WebVTT: `<v.loud Ann>`. */
const VOICE = /<v(?:\.[^\s<>]*)?[ \t]+([^<>]*)>/;
const VTT_TAG = /<[^<>]*>/g;
/** What editors write into SRT, which has no markup of its own. */
const SRT_TAG = /<\/?(?:b|i|u|s|font|c|v|ruby|rt|lang)(?:[\s.][^<>]*)?>|\{\\[^}]*\}|\{\/?[biu]\}/gi;

/** The character references that WebVTT knows, and those of text from web pages. */
const NAMED: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00a0',
	lrm: '\u200e',
	rlm: '\u200f',
};
const LAST_CODE_POINT = 0x10ffff;

/** A caption's text without markup, apart for each voice in it. */
export function saidIn(text: string, isVtt: boolean): Said[] {
	const [first = '', ...voices] = text.split(VOICE);
	const said: Said[] = [{ speaker: null, text: plain(first, isVtt) }];
	for (let at = 0; at < voices.length; at += 2) {
		const speaker = unescaped(voices[at]!).trim() || null;
		said.push({ speaker, text: plain(voices[at + 1] ?? '', isVtt) });
	}
	return said.filter((one) => one.text.trim() !== '');
}

function plain(text: string, isVtt: boolean): string {
	return isVtt ? unescaped(text.replace(VTT_TAG, '')) : text.replace(SRT_TAG, '');
}

function unescaped(text: string): string {
	return text.replace(/&(#x?[\da-f]+|[a-z]+);/gi, (written, name: string) => {
		if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? written;
		const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code > 0 && code <= LAST_CODE_POINT ? String.fromCodePoint(code) : written;
	});
}
