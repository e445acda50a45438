// The table in between carries no files: here is the form's again.
return $('Send a Recording').all();
