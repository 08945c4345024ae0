// The program of a reading process; pincite starts it.
import { load } from './load.js';

load('reading').serve();
