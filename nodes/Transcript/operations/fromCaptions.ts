import type { Operation } from '../../shared/operation/operation';
import { transcriptItem } from '../../shared/operation/outputItems';
import { captionFields, captionsFrom } from '../captionInput';
import { transcriptOfCaptions } from '../captionTranscript';
import { flawsTold } from '../transcriptInput';

/** Makes a transcript of subtitles. */
export const fromCaptions: Operation = {
	value: 'fromCaptions',
	name: 'From Captions',
	action: 'Make a transcript of subtitles',
	description: 'Read an SRT or VTT file into a transcript',
	fields: captionFields,
	async run(context, itemIndex) {
		const { text, fileName } = await captionsFrom(context, itemIndex);
		const transcript = flawsTold(context, itemIndex, () => transcriptOfCaptions(text, fileName));
		return [transcriptItem(transcript)];
	},
};
