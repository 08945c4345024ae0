/**
 * A calendar entry (RFC 5545) as text: a line a property, unfolded, escapes undone; parameters stand with their
 * property. Lines that only open and close components are left out.
 */
export function calendarText(text: string): string {
  return text
    .replaceAll(/\n[ \t]/g, '')
    .split('\n')
    .filter((line) => !/^(?:BEGIN|END):/i.test(line) && line.trim() !== '')
    .map((line) => line.replace(/^([^:]*?):/, '$1: '))
    .map((line) =>
      line.replaceAll(/\\([\\;,nN])/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped)),
    )
    .join('\n');
}
