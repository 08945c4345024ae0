// The program of a reading process; pincite starts it.
const { load } = require('./load.js');

load('reading', 'reading').serve();
