const clock = /(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])/;
const date =
  /(?<!\d)\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s,-]+\d/i;
const sent = /\bfax\b|\bsent\b|\breceived\b|\bfrom\s*:|\bto\s*:/i;
const route = /\bfrom\s*:.*\bto\s*:|\bto\s*:.*\bfrom\s*:/i;
const faxCount = /\bfax\b.*(?:\d\s*\/\s*\d{1,4}|\bp(?:g|age)?s?\s*[.:]?\s*\d{1,4})\W*$/i;
const reach = /\b(?:tel|telephone|phone|e-?mail)\b|www\./i;

/** The line that a fax machine prints above each sheet: when, from whom, to whom, and which sheet. A reporter's address has a fax number too. */
function isFaxHead(text: string): boolean {
  if (clock.test(text) && (date.test(text) || sent.test(text))) return true;
  return route.test(text) || (faxCount.test(text) && !reach.test(text));
}

const filing =
  /\b(?:page\s?id|ecf\s+no|entry\s+id|dkt(?:entry)?|nyscef|electronically\s+filed|e-?filed|usca)\b|\bcase\b.*\bdoc(?:ument)?\b|\b(?:document|doc|filed|docket)\s*(?:no)?[.:#]*\s*\d.*\bpage\b/i;
const bundle =
  /\bbundle\b|\b(?:appendix|exhibit|tab|annex)\b\W*(?:no\.?\s*)?[a-z0-9]{1,4}\b|^\W*(?:JA|J\.A\.|SA|AA|RA|CA|ER|SER|ROA|AR|CT|APPX?\.?)\s+\d+\W*$/i;
/** "B/123", "B2/123", "{B/2/123}". "D3/123" is of a day, "T123" of a transcript, and I, V and X may count volumes. */
const corner =
  /^[\s{[(<|]*(?:[A-CE-HJ-OQ-SUWYZ](?:\s?[/.:-]\s?|\s)?|D(?:\s?[/.:-]\s?)?(?=\d+\W*$))(?:\d{1,3}[A-Z]?\s?[/.:-]\s?)*\d{1,5}[\s}\])>|]*$/;
const address = /\bhttps?:\/\/[^\s/]+\/\S|\bfile:\/\//i;

/** Capitals and digits in one word: "INQ00012345_0004", "ABC-001200", "ABC1200"; and as a whole line "SMITH 00201". */
const stamp =
  /(?<![\p{L}\p{N}])(?!(?:PAGES?|PG|PP|P|TR|TRANS|DAY|VOL|VOLUME|PART|[IVX]+)[\d_/-])[A-Z]{2,}(?:[A-Z0-9]*(?:[_/-][A-Z]{0,4}\d{1,8})+|\d{2,}[A-Z0-9]*)(?![\p{L}\p{N}])/gu;
const spacedStamp = /^\W*(?!(?:PAGE|PG|PP|TR|DAY|VOL|VOLUME)\b)[A-Z]{2,}(?:\s[A-Z]+)?\s0\d{4,}\W*$/;

/**
 * A line from the edge of a page without what counts something other than the pages of the transcript: the sheets of a
 * fax, of a court's file, of a bundle, of a print-out, or of all that was disclosed. Empty where nothing else is there.
 */
export function withoutOtherCounts(text: string): string {
  if (text.length < shortest || !/\d/.test(text)) return text;
  if (isFaxHead(text) || filing.test(text) || address.test(text)) return '';
  if (bundle.test(text) || corner.test(text) || spacedStamp.test(text)) return '';
  return text.replace(stamp, '');
}

/** Shorter than any of them. */
const shortest = 2;

const container = /\bnyscef\b/i;
const ofAll = /(?<![\d/])\d{1,5}\s*(?:of|\/)\s*\d{1,5}\W*$/i;

/** Whether the line is of a print-out or a filing whose sheets are counted in another line than this. */
export function isOfContainer(text: string): boolean {
  if (!text.includes('//') && !container.test(text)) return false;
  return (address.test(text) || container.test(text)) && !ofAll.test(text);
}

/** Whether the line counts up to a last page: "Page 3 of 47", "3/47". */
export function countsOfAll(text: string): boolean {
  return ofAll.test(text);
}
