import { declaredEncoding } from '../html.ts';
import type { DraftBlock } from '../table-row.ts';
import { chooseVersion, type Version } from './alternatives.ts';
import { calendarText } from './calendar.ts';
import { decodeDeclared } from './charset.ts';
import { decodeWords, unfolded } from './encoded-words.ts';
import { readParameters } from './field-parameters.ts';
import type { RawField } from './header-block.ts';
import { blocksOfHtml } from './html-body.ts';
import type { MailField, MailFile, MailMessage } from './mail-message.ts';
import { type MimePart, readMime } from './mime-part.ts';
import { blocksOfText } from './text-body.ts';
import { decodeTransfer, splitUuencoded } from './transfer-encoding.ts';

/** Reads an internet message (RFC 5322, MIME): whatever of it can be read, whatever is wrong with the rest. */
export async function readMimeMessage(bytes: Uint8Array): Promise<MailMessage> {
  const root = readMime(withoutBlankStart(bytes));
  const reader = new BodyReader();
  const body = await reader.read(root);
  return { fields: fieldsOf(root.fields), body, files: reader.files, remarks: reader.remarks };
}

/** Every field of a header, decoded. */
export function fieldsOf(fields: readonly RawField[]): MailField[] {
  return fields.map(({ name, value }) => {
    const raw = unfolded(value);
    return { name, raw, value: decodeWords(raw) };
  });
}

function withoutBlankStart(bytes: Uint8Array): Uint8Array {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at++;
  return bytes.subarray(at);
}

/** What is shown as the body when it stands alone in a part; everything else is a file. */
const shownTypes = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
  'message/partial',
  'message/external-body',
]);
const attachedTexts = new Set([
  'text/rtf',
  'text/richtext-rtf',
  'text/vcard',
  'text/x-vcard',
  'text/directory',
]);
const htmlTypes = new Set(['text/html', 'text/x-amp-html', 'text/watch-html']);
const wholeMessages = new Set(['message/rfc822', 'message/global', 'message/news']);
const sealedTypes = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);
const outlookTypes = new Set(['application/ms-tnef', 'application/vnd.ms-tnef']);
/** Messages signed within signed ones that are opened. */
const deepestSeal = 10;

const openPgp = 'The message is encrypted with OpenPGP.';
const secureMime = 'The message is encrypted with S/MIME.';

/** Puts a body together from its parts, and collects what is to be a file of its own. */
class BodyReader {
  readonly files: MailFile[] = [];
  readonly remarks: string[] = [];
  #seals = 0;
  #hasText = false;

  async read(part: MimePart): Promise<DraftBlock[]> {
    if (part.parts.length === 0) return this.#leaf(part);
    if (part.type === 'multipart/encrypted') {
      this.files.push({ name: 'encrypted.asc', type: part.type, outcome: 'encrypted', reason: openPgp });
      return [];
    }
    const blocks =
      part.type === 'multipart/alternative' ? await this.#alternatives(part) : await this.#sequence(part);
    return [...blocks, ...part.asides.flatMap((aside) => asideBlocks(aside))];
  }

  async #sequence({ parts, type }: MimePart): Promise<DraftBlock[]> {
    const blocks: DraftBlock[] = [];
    for (const part of parts) {
      const untyped = type === 'multipart/digest' && fieldOf(part, 'content-type') === undefined;
      for (const block of await this.read(untyped ? { ...part, type: 'message/rfc822' } : part))
        blocks.push(block);
    }
    return blocks;
  }

  async #alternatives({ parts }: MimePart): Promise<DraftBlock[]> {
    const versions: Version[] = [];
    for (const part of parts) versions.push(await this.#version(part));
    const { blocks, remarks } = chooseVersion(versions);
    this.remarks.push(...remarks);
    return [...blocks];
  }

  async #version(part: MimePart): Promise<Version> {
    const blocks = await this.read(part);
    return { name: versionName(part), blocks, forPrograms: part.type === 'text/calendar' };
  }

  async #leaf(part: MimePart): Promise<DraftBlock[]> {
    const { bytes, problem } = decodeTransfer(part.body, textOf(part, 'content-transfer-encoding'));
    if (problem !== undefined) this.remarks.push(problem);
    const { name, attached } = dispositionOf(part);
    if (sealedTypes.has(part.type)) return this.#sealed(part, bytes, name);
    if (outlookTypes.has(part.type) || /^winmail\.dat$/i.test(name ?? '')) return this.#outlook(bytes, name);
    if (isShown(part) && !attached && (name === undefined || !this.#hasText)) return this.#text(part, bytes);
    if (bytes.length > 0 || name !== undefined) this.#file(part, bytes, name);
    return [];
  }

  #text(part: MimePart, bytes: Uint8Array): DraftBlock[] {
    const isHtml = htmlTypes.has(part.type);
    const charset = part.parameters.get('charset') || (isHtml ? declaredEncoding(bytes) : undefined);
    const { text, problem } = decodeDeclared(bytes, charset);
    if (problem !== undefined) this.remarks.push(problem);
    const blocks = isHtml ? blocksOfHtml(text) : this.#plain(part, text);
    this.#hasText ||= blocks.length > 0;
    return blocks;
  }

  #plain({ type, parameters }: MimePart, text: string): DraftBlock[] {
    if (type === 'text/calendar') return blocksOfText(calendarText(text));
    if (type === 'text/enriched' || type === 'text/richtext')
      return blocksOfText(text.replaceAll(/<[^<>]*>/g, ''));
    const { text: rest, files } = splitUuencoded(text);
    for (const { name, bytes } of files) this.files.push({ name, type: 'application/octet-stream', bytes });
    if (/^-----BEGIN PGP MESSAGE-----$/m.test(rest))
      this.remarks.push('A part of the text is encrypted with OpenPGP.');
    return blocksOfText(rest, parameters.get('format')?.toLowerCase() === 'flowed');
  }

  async #sealed(part: MimePart, bytes: Uint8Array, name: string | undefined): Promise<DraftBlock[]> {
    const { openSeal } = await import('./sealed-content.ts');
    const seal = this.#seals < deepestSeal ? openSeal(bytes) : undefined;
    if (seal?.kind === 'signed') {
      this.#seals++;
      return this.read(readMime(seal.content));
    }
    if (seal?.kind === 'encrypted')
      this.files.push({
        name: name ?? 'smime.p7m',
        type: part.type,
        outcome: 'encrypted',
        reason: secureMime,
      });
    else this.#file(part, bytes, name);
    return [];
  }

  async #outlook(bytes: Uint8Array, name: string | undefined): Promise<DraftBlock[]> {
    const { readOutlookPackage } = await import('./outlook-package.ts');
    const { body, files, problem } = readOutlookPackage(bytes);
    this.files.push(...files);
    if (problem !== undefined)
      this.files.push({
        name: name ?? 'winmail.dat',
        type: 'application/ms-tnef',
        outcome: 'failed',
        reason: problem,
      });
    // The text of the message is there besides; what is packed is read where it is not.
    return this.#hasText ? [] : [...body];
  }

  #file(part: MimePart, bytes: Uint8Array, name: string | undefined): void {
    const own = wholeMessages.has(part.type) ? subjectName(bytes) : undefined;
    this.files.push({ name: name ?? own, type: part.type, bytes });
  }
}

function isShown({ type }: MimePart): boolean {
  return (
    /^multipart\//.test(type) ||
    shownTypes.has(type) ||
    (type.startsWith('text/') && !attachedTexts.has(type))
  );
}

function versionName({ type }: MimePart): string {
  if (type === 'text/plain') return 'plain text';
  if (type === 'text/calendar') return 'calendar entry';
  return htmlTypes.has(type) || type === 'multipart/related' ? 'HTML' : type;
}

/** What no mail program shows: kept as hidden text, but for the sentence that old programs are meant to show, and a delimiter that comes twice. */
function asideBlocks(aside: Uint8Array): DraftBlock[] {
  const { text } = decodeDeclared(aside, undefined);
  if (
    /^\s*(?:this is a (?:multi-?part|cryptographically signed) message in mime format\W*|--\S+)?\s*$/i.test(
      text,
    )
  )
    return [];
  return blocksOfText(text).map(({ place: _, ...block }) => ({ ...block, zone: 'hidden' as const }));
}

function fieldOf(part: MimePart, name: string): Uint8Array | undefined {
  return part.fields.find((field) => field.name.toLowerCase() === name)?.value;
}

function textOf(part: MimePart, name: string): string {
  const value = fieldOf(part, name);
  return value === undefined ? '' : unfolded(value);
}

function dispositionOf(part: MimePart): { readonly name: string | undefined; readonly attached: boolean } {
  const field = fieldOf(part, 'content-disposition');
  const disposition = field === undefined ? undefined : readParameters(field);
  const location = /([^/\\:?#]+\.\w{1,5})$/.exec(textOf(part, 'content-location'))?.[1];
  const name = disposition?.parameters.get('filename') ?? part.parameters.get('name') ?? location;
  return {
    name: name === '' ? undefined : name,
    attached: /^attachment\b/i.test(disposition?.value ?? ''),
  };
}

/** A message inside is known by its subject. */
function subjectName(bytes: Uint8Array): string | undefined {
  const root = readMime(bytes);
  const subject = decodeWords(textOf(root, 'subject'));
  return subject === '' ? undefined : `${subject}.eml`;
}
