import { headerField, printedHeader } from './message-header.ts';

const marked = /^\s{0,3}(?:[A-Z]{1,3})?>/;
/** What a mail program puts over a message that it quotes whole. */
const separator =
  /^\s*(?:-{2,}\s*(?:original|forwarded|ursprüngliche|weitergeleitete|message (?:d['’]origine|transféré)|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)|messaggio (?:originale|inoltrato)|oorspronkelijk|doorgestuurd|oprindelig|opprinnelig|ursprungligt)[^-]{0,40}-{2,}|begin forwarded message\s*:|début du message réexpédié\s*:|anfang der weitergeleiteten nachricht\s*:)\s*$/i;
const rule = /^\s*_{20,}\s*$/;
/** "On 3 May 2015, at 10:14, Jane Fenn wrote:", in the languages whose programs write it so; without a date it may be the writer's own words. */
const attributionBegins = /^\s*(?:on|am|le|el|il|op|em|den|på|the)\s/i;
const attribution =
  /^\s*(?:(?:on|the)\s.{6,250}\swrote|am\s.{6,250}\sschrieb.{0,120}|le\s.{6,250}\sa écrit|el\s.{6,250}\sescribió|il\s.{6,250}\sha scritto|op\s.{6,250}\sschreef.{0,120}|em\s.{6,250}\sescreveu|(?:den|på)\s.{6,250}\sskrev.{0,120})\s?:\s*$/i;
/** Lines over which an attribution may be wrapped. */
const longestAttribution = 4;

/**
 * Which lines of a message's body are somebody else's words: lines marked with `>`, what stands below "On … wrote:", a
 * separator or the header of another message. Unmarked lines between marked ones are answers. Blank lines may be left
 * out of `lines`.
 * @param isSaid whether the format itself says that the line is quoted.
 */
export function quotedLines(
  lines: readonly string[],
  isSaid: (at: number) => boolean = () => false,
): boolean[] {
  const isMarked = (at: number) => isSaid(at) || marked.test(lines[at] ?? '');
  const quoted: boolean[] = [];
  for (let at = 0; at < lines.length; ) {
    if (isMarked(at)) {
      quoted.push(true);
      at++;
      continue;
    }
    const introduced = attributionEnd(lines, at);
    const marksFollow = introduced !== undefined && isMarked(nextText(lines, introduced));
    if (marksFollow) {
      while (at < introduced) {
        quoted.push(true);
        at++;
      }
    } else if (introduced !== undefined || beginsQuotedMessage(lines, at)) {
      while (quoted.length < lines.length) quoted.push(true);
      break;
    } else {
      quoted.push(false);
      at++;
    }
  }
  return quoted;
}

function beginsQuotedMessage(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (separator.test(line)) return true;
  const first = rule.test(line) ? at + 1 : at;
  return headerField(lines[first] ?? '')?.field === 'from' && printedHeader(lines, first) !== undefined;
}

/** Index behind an attribution that begins here. */
function attributionEnd(lines: readonly string[], start: number): number | undefined {
  if (!attributionBegins.test(lines[start] ?? '')) return undefined;
  let text = '';
  for (let at = start; at < Math.min(lines.length, start + longestAttribution); at++) {
    const line = (lines[at] ?? '').slice(0, 400);
    if (at > start && (line.trim() === '' || marked.test(line))) return undefined;
    text += ` ${line}`;
    if (/:\s*$/.test(line)) return attribution.test(text) && /\d/.test(text) ? at + 1 : undefined;
  }
  return undefined;
}

/** Index of the next line that is not blank. */
function nextText(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]?.trim() === '') at++;
  return at;
}
