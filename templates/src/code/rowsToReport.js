return $('To Report').all();
