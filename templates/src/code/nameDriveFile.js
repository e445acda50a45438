// Drive sends the bytes without a name.
const item = $input.first();
item.binary.data.fileName = $('Take Over').first().json.name;
return [item];
