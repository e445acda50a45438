return $('Unclaimed Jobs').all();
