// n8n finds the nodes through the `n8n` field of package.json; `main` only has to name a file that exists.
module.exports = {};
