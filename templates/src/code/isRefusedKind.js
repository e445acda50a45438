// @ts-check

// sound and pictures of kinds that Scriptivox does not take under any name
const REFUSED_KINDS = new Set(
	(
		'amr awb 3ga 3g2 ac3 eac3 dts ape wv tta tak mpc ra rm rmvb ram au snd gsm vox voc dss ds2 dvf ' +
		'msv aax aa dv mxf ogm swf'
	).split(' '),
);

/**
 * Whether a file is of a kind that is media, and that Scriptivox does not take.
 *
 * @param {string} name
 */
export function isRefusedKind(name) {
	const dot = name.lastIndexOf('.');
	const extension = name.slice(dot + 1).trim();
	return dot > 0 && REFUSED_KINDS.has(extension.toLowerCase());
}
