/** An object's head up to the end of its dictionary's first two thousand characters. */
const objectHead = /(?:^|[\s>])(\d{1,10})\s+(\d{1,5})\s+obj\s*(<<(?:(?!endobj|stream\b)[\s\S]){0,2000})/g;

/**
 * A PDF that was cut short has lost the trailer that says where its page tree begins. This gives the bytes with a new
 * one: leading to the file's own catalogue where that is left, else to the pages themselves in the order of the file.
 * Undefined when neither is found (they may be packed away in object streams).
 */
export function mendTrailer(bytes: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let catalogue: string | undefined;
  const pages: string[] = [];
  let highest = 0;
  for (const [, number = '', generation = '', dictionary = ''] of text.matchAll(objectHead)) {
    highest = Math.max(highest, Number(number));
    if (/\/Type\s*\/Catalog\b/.test(dictionary)) catalogue = `${number} ${generation} R`;
    else if (/\/Type\s*\/Page\b/.test(dictionary)) pages.push(`${number} ${generation} R`);
  }
  if (catalogue !== undefined) return withEnd(bytes, trailer(catalogue, highest));
  if (pages.length === 0) return undefined;
  const [root, tree] = [highest + 1, highest + 2];
  const objects =
    `${root} 0 obj\n<< /Type /Catalog /Pages ${tree} 0 R >>\nendobj\n` +
    `${tree} 0 obj\n<< /Type /Pages /Count ${pages.length} /Kids [${pages.join(' ')}] >>\nendobj\n`;
  return withEnd(bytes, objects + trailer(`${root} 0 R`, tree));
}

function trailer(root: string, highest: number): string {
  return `trailer\n<< /Root ${root} /Size ${highest + 1} >>\nstartxref\n0\n%%EOF\n`;
}

/** The cut may be in the middle of a stream: what begins a new line after its end is taken for an object again. */
function withEnd(bytes: Uint8Array, end: string): Uint8Array {
  return Buffer.concat([bytes, Buffer.from(`\nendstream\nendobj\n${end}`, 'latin1')]);
}
