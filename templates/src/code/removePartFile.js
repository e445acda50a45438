// Removes the hidden name of each published text; its final name stays.
const { unlink } = require('fs/promises');

for (const item of $input.all()) {
	if (!['done', 'failed'].includes(item.json.state)) continue;
	try {
		await unlink(`${$('Settings').first().json.outputFolder}/.${item.json.id}.part`);
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
	}
}
return $input.all();
