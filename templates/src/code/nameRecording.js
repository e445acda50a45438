// Gives the recording its name, which says what it is: Dropbox sends bytes without one.
const { name } = $('Claim File').item.json;
const { data } = $input.item.binary;
return { json: { name }, binary: { data: { ...data, fileName: name } } };

