return $('When a Spreadsheet Is Uploaded').all();
