import type { DocumentRecord, InputRecord } from '../../model/document.ts';
import type { Census } from '../store.ts';

/**
 * Adds up what there is to search.
 * @param records of the documents that are not superseded
 * @param unread inputs without a text
 */
export function censusOf(records: readonly DocumentRecord[], unread: readonly InputRecord[]): Census {
  const sum = (numberOf: (record: DocumentRecord) => number) =>
    records.reduce((total, record) => total + numberOf(record), 0);
  return {
    documents: records.length,
    pages: sum(({ pages }) => pages),
    unreadablePages: sum(({ unreadableSheets }) => unreadableSheets),
    partlyRead: records.filter(({ unreadableSheets }) => unreadableSheets > 0).length,
    unreadFiles: unread.filter(({ outcome }) => outcome !== 'container' && outcome !== 'manifest').length,
    words: sum(({ words }) => words),
    passages: sum(({ passages }) => passages),
  };
}
