/** Sheet numbers in words, ranges drawn together: "sheet 4", "sheets 2, 7-9 and 12". @param sheets Ascending. */
export function sheetsInWords(sheets: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const sheet of sheets) {
    const last = ranges.at(-1);
    if (last && sheet === last[1] + 1) last[1] = sheet;
    else ranges.push([sheet, sheet]);
  }
  const words = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
  const list = words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  return `${sheets.length === 1 ? 'sheet' : 'sheets'} ${list}`;
}
