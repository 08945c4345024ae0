import type { Command } from '../command.ts';
import { ask } from './ask.ts';
import { docs } from './docs.ts';
import { explain } from './explain.ts';
import { facets } from './facets.ts';
import { search } from './search.ts';
import { show } from './show.ts';

/** The commands that people wait for, again and again. They make a program of their own, which starts the sooner the less is in it. */
export const findingCommands: readonly Command[] = [search, ask, explain, facets, show, docs];
