import type { DocumentRecord, InputRecord } from '../../model/document.ts';

/** What the ledger says of an input that a text was read from. The same for every copy of the text. */
export function countsOf(
  record: DocumentRecord,
): Pick<InputRecord, 'outcome' | 'reason' | 'pages' | 'pagesIndexed' | 'characters' | 'awaiting'> {
  const reason = record.remarks.join(' ') || unreadableSentence(record.unreadableSheets);
  return {
    outcome: record.unreadableSheets > 0 ? 'part' : 'indexed',
    ...(reason === undefined ? {} : { reason }),
    pages: record.pages + record.unreadableSheets,
    pagesIndexed: record.pages,
    characters: record.characters,
    ...(record.awaiting === undefined ? {} : { awaiting: { sheets: record.awaiting } }),
  };
}

function unreadableSentence(sheets: number): string | undefined {
  if (sheets === 0) return undefined;
  return sheets === 1 ? 'One sheet could not be read.' : `${sheets} sheets could not be read.`;
}
