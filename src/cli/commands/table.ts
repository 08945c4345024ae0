import type { Command } from '../command.ts';
import { ask } from './ask.ts';
import { completion } from './completion.ts';
import { docs } from './docs.ts';
import { explain } from './explain.ts';
import { exportDocuments, exportHits, exportTags, reportCompleteness } from './export.ts';
import { facets } from './facets.ts';
import { ingest } from './ingest.ts';
import { init } from './init.ts';
import { log } from './log.ts';
import { ocr } from './ocr.ts';
import { relocate } from './relocate.ts';
import { remove } from './remove.ts';
import { save } from './save.ts';
import { search } from './search.ts';
import { searches } from './searches.ts';
import { set } from './set.ts';
import { settings } from './settings.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { tagAdd, tagList, tagRemove } from './tag.ts';
import { tagHistory, tagNote, tagUndo, tagWhy } from './tag-history.ts';
import { tagImport } from './tag-import.ts';
import { tagExclusive, tagMerge, tagRename } from './tag-names.ts';
import { tagApply, tagDiff, tagRules } from './tag-rules.ts';
import { terms } from './terms.ts';
import { verify } from './verify.ts';
import { witnesses } from './witnesses.ts';
import { aliasAdd, aliasList, aliasRemove, synonymsAdd, synonymsList, synonymsRemove } from './word-lists.ts';

/** Every command. Parser, help, completion, the reference in the README and the tests of all of them come from here. */
export const commands: readonly Command[] = [
  init,
  ingest,
  ocr,
  status,
  set,
  docs,
  witnesses,
  search,
  ask,
  explain,
  facets,
  save,
  searches,
  show,
  tagAdd,
  tagRemove,
  tagList,
  tagApply,
  tagDiff,
  tagRules,
  tagHistory,
  tagUndo,
  tagWhy,
  tagNote,
  tagImport,
  tagRename,
  tagMerge,
  tagExclusive,
  aliasAdd,
  aliasRemove,
  aliasList,
  synonymsAdd,
  synonymsRemove,
  synonymsList,
  terms,
  exportHits,
  exportDocuments,
  exportTags,
  reportCompleteness,
  log,
  verify,
  remove,
  relocate,
  settings,
  completion,
];
