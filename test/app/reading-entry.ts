import { serve } from '../../src/app/ingest/reading-program.ts';

serve();
