/**
 * The date and time of Word's older formats (MS-DOC 2.9.50 DTTM), as ISO 8601 to the minute, in the clock of the writer's
 * machine; undefined for none.
 */
export function dateOfDttm(time: number): string | undefined {
  const [minute, hour, day] = [time & 0x3f, (time >>> 6) & 0x1f, (time >>> 11) & 0x1f];
  const [month, year] = [(time >>> 16) & 0xf, 1900 + ((time >>> 20) & 0x1ff)];
  if (day === 0 || month === 0 || month > 12) return undefined;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}
