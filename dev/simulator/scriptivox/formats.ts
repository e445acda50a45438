/** Media types by extension: the 25 that Scriptivox takes (Scriptivox API reference). */
export const MEDIA_TYPES: Record<string, string> = {
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
	m4a: 'audio/mp4',
	aac: 'audio/aac',
	ogg: 'audio/ogg',
	flac: 'audio/flac',
	wma: 'audio/x-ms-wma',
	aiff: 'audio/aiff',
	opus: 'audio/opus',
	caf: 'audio/x-caf',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	avi: 'video/x-msvideo',
	mkv: 'video/x-matroska',
	webm: 'video/webm',
	wmv: 'video/x-ms-wmv',
	flv: 'video/x-flv',
	m4v: 'video/x-m4v',
	'3gp': 'video/3gpp',
	mpeg: 'video/mpeg',
	mts: 'video/mp2t',
	ts: 'video/mp2t',
	ogv: 'video/ogg',
	vob: 'video/mpeg',
	f4v: 'video/mp4',
};

/** The 119 language codes that Scriptivox takes (Scriptivox API reference); Javanese is `jw`. */
export const LANGUAGE_CODES: readonly string[] = (
	'af sq am ar hy as ast az ba eu be bn bs br bg yue ca ceb ckb zh hr cs da nl en et fo fi fr ff ' +
	'gl ka de el gu ht ha haw he hi hu is ig id ga it ja jw kea kam kn kk km ko ky lo la lv ln lt lg ' +
	'luo lb mk mg ms ml mt mi mr mn my ne nso no ny nn oc or om ps fa pl pt pa ro ru sa sr sn sd si ' +
	'sk sl so es su sw sv tl tg ta tt te th bo tr tk uk umb ur uz vi cy wo xh yi yo zu'
).split(' ');
