import type { Operation } from '../../../shared/operation/operation';
import { optionsField } from '../../../shared/fields/optionFields';
import { getStatus } from '../../api';
import { recordingOptions, recordingSettings } from '../../recordingOptions';
import { recordingOf, statusOf } from '../../status';
import { isThere, switchRecording, unchanged } from '../../switching';

/** Stops to record and to caption. */
export const stop: Operation = {
	value: 'stop',
	name: 'Stop',
	action: 'Stop a recording',
	description: 'Stop to record and caption, unless the appliance has stopped already',
	fields: [optionsField(recordingOptions('the appliance has stopped already'))],
	async run(context, itemIndex) {
		const settings = recordingSettings(context, itemIndex);
		const before = await getStatus(context, itemIndex);
		const { changed, status } = isThere(before, 'stop')
			? unchanged(context, itemIndex, 'stop', before, settings)
			: await switchRecording(context, itemIndex, 'stop', settings);
		// the appliance forgets a recording as it stops: its end is what was seen before
		const { positionSeconds = null, path = null } = recordingOf(before) ?? {};
		return [{ json: { changed, ...statusOf(status), durationSeconds: positionSeconds, path } }];
	},
};
