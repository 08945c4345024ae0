import msgReader, { type FieldsData } from '@kenjiuno/msgreader';
import iconv from 'iconv-lite';
import { mendCompoundFile } from '../compound-mend.ts';
import type { Adapter } from '../extraction.ts';
import type { DraftBlock } from '../table-row.ts';
import { tameControls } from '../text/control-characters.ts';
import { chooseVersion } from './alternatives.ts';
import { decodeDeclared } from './charset.ts';
import { blocksOfHtml } from './html-body.ts';
import { type MailField, type MailFile, type MailMessage, presentMessage } from './mail-message.ts';
import { outlookFields, plainField } from './outlook-fields.ts';
import { readCompressedRtf } from './rtf-body.ts';
import { blocksOfText } from './text-body.ts';

/** Outlook messages, and its appointments, contacts and tasks (MS-OXMSG): header, body, and attachments as children. */
export const msgAdapter: Adapter = {
  name: 'msg',
  version: 1,
  // Asked only where the content is a compound file with the streams of a message.
  recognises: () => 0.9,
  async *read(bytes) {
    const { bytes: sound, mended } = mendCompoundFile(bytes);
    const message = readOutlookMessage(sound);
    const remarks = mended ? [damaged, ...message.remarks] : message.remarks;
    yield* presentMessage({ ...message, remarks }, 'msg');
  },
};

const damaged = 'The file is damaged: its tables contradict themselves. What can be reached is read.';

/** Loaders of modules disagree on what a CommonJS package exports by default: its own default, or all of it. */
const MsgReader: typeof msgReader.default = 'default' in msgReader ? msgReader.default : msgReader;
type Reader = InstanceType<typeof MsgReader>;

function readOutlookMessage(bytes: Uint8Array): MailMessage {
  const { reader, data, unnamed } = openMessage(bytes);
  const problem = data.error;
  const { blocks, remarks, rest } = bodyOf(data);
  return {
    fields: [...headerOf(data, unnamed), ...detailsOf(data)],
    body: blocks,
    files: [...(data.attachments ?? []).map((attachment) => fileOf(reader, attachment)), ...rest],
    remarks: problem === undefined ? remarks : [...remarks, `The file is damaged: ${problem}.`],
  };
}

/** Properties that the package passes over (MS-OXPROPS): which messages it answers. */
const references = 0x1039;
const inReplyTo = 0x1042;
const tableValueBytes = 8;
const unnamedProperties = new Set([references, inReplyTo]);

interface OpenedMessage {
  readonly reader: Reader;
  readonly data: FieldsData;
  readonly unnamed: ReadonlyMap<number, string>;
}

/** Old messages keep their texts in a code page, which only the message itself names: it is read again with it. */
function openMessage(bytes: Uint8Array): OpenedMessage {
  const view = () => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = new MsgReader(view()).getFileData();
  const encoding = `cp${data.messageCodepage ?? data.internetCodepage ?? 1252}`;
  if (!iconv.encodingExists(encoding)) return readWith(new MsgReader(view()), 'windows-1252');
  return readWith(new MsgReader(view()), encoding);
}

function readWith(reader: Reader, ansiEncoding: string): OpenedMessage {
  const named = new Map<FieldsData, Map<number, string>>();
  reader.parserConfig = {
    ansiEncoding,
    propertyObserver: (fields, tag, raw) => {
      const wide = (tag & 0xffff) === 0x1f;
      if (raw === null || !unnamedProperties.has(tag >>> 16)) return;
      const text = wide ? new TextDecoder('utf-16le').decode(raw) : iconv.decode(raw, ansiEncoding);
      const known = named.get(fields) ?? new Map<number, string>();
      named.set(fields, known);
      // It is shown twice: its text, and its entry in the table, which holds the length.
      if (raw.length > tableValueBytes) known.set(tag >>> 16, text.replace(/\0+$/, ''));
    },
  };
  const data = reader.getFileData();
  return { reader, data, unnamed: named.get(data) ?? new Map() };
}

function headerOf(data: FieldsData, unnamed: ReadonlyMap<number, string>): MailField[] {
  const sent = new Date(data.clientSubmitTime ?? data.messageDeliveryTime ?? data.creationTime ?? '');
  return outlookFields({
    received: words(data.headers),
    sender: {
      name: words(data.senderName),
      address:
        words(data.senderSmtpAddress) || words(data.sentRepresentingSmtpAddress) || words(data.senderEmail),
    },
    recipients: (data.recipients ?? []).map(({ name, smtpAddress, email, recipType = 'to' }) => ({
      name: words(name),
      address: words(smtpAddress) || words(email),
      type: recipType,
    })),
    subject: words(data.subject),
    sent: Number.isNaN(sent.getTime()) ? undefined : sent,
    id: words(data.messageId),
    inReplyTo: unnamed.get(inReplyTo) ?? '',
    references: unnamed.get(references) ?? '',
  });
}

/** A text property; a damaged file may call it a number. */
function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Said elsewhere, or of no use to a reader. */
const notDetails = new Set([
  'subject',
  'normalizedSubject',
  'body',
  'bodyHtml',
  'headers',
  'senderName',
  'senderEmail',
  'senderSmtpAddress',
  'sentRepresentingSmtpAddress',
  'senderAddressType',
  'clientSubmitTime',
  'messageId',
  'error',
  'preview',
  'contactHtml',
]);

/** Whatever else the message says in words: where and when an appointment is, a contact's numbers. */
function detailsOf(data: FieldsData): MailField[] {
  const fields: MailField[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string' || value.trim() === '' || notDetails.has(key) || key === 'dataType')
      continue;
    const name = key.replace(/^appt/, 'Appointment').replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-');
    fields.push(plainField(name.charAt(0).toUpperCase() + name.slice(1), tameControls(value).text));
  }
  return fields;
}

function fileOf(reader: Reader, attachment: FieldsData): MailFile {
  const type = attachment.innerMsgContent ? 'application/vnd.ms-outlook' : (attachment.attachMimeTag ?? '');
  const name = attachment.innerMsgContent
    ? `${attachment.name || attachment.innerMsgContentFields?.subject || 'message'}.msg`
    : attachment.fileName || attachment.fileNameShort || attachment.name;
  try {
    const { content } = reader.getAttachment(attachment);
    if (content !== undefined) return { name, type: type.toLowerCase(), bytes: content };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { name, type, outcome: 'failed', reason: `The attachment cannot be taken out: ${error.message}.` };
  }
  return {
    name,
    type,
    outcome: 'failed',
    reason: 'The attachment is only a link, or its content is missing.',
  };
}

function bodyOf(data: FieldsData): {
  readonly blocks: readonly DraftBlock[];
  readonly remarks: readonly string[];
  readonly rest: readonly MailFile[];
} {
  const plain = blocksOfText(tameControls(words(data.body)).text);
  const rich = data.compressedRtf === undefined ? undefined : readCompressedRtf(data.compressedRtf);
  const html = htmlOf(data) ?? (rich?.kind === 'html' ? rich.text : undefined);
  const versions = [
    { name: 'plain text', blocks: plain },
    { name: 'rich text', blocks: rich?.kind === 'text' ? blocksOfText(rich.text) : [] },
    { name: 'HTML', blocks: html === undefined ? [] : blocksOfHtml(html) },
  ];
  const { blocks, remarks } = chooseVersion(versions);
  const onlyRich = blocks.length === 0 && rich?.kind === 'rtf';
  return {
    blocks,
    remarks,
    rest: onlyRich ? [{ name: 'body.rtf', type: 'application/rtf', bytes: rich.bytes }] : [],
  };
}

function htmlOf({ html, bodyHtml, internetCodepage }: FieldsData): string | undefined {
  if (bodyHtml !== undefined && bodyHtml !== '') return bodyHtml;
  if (html === undefined) return undefined;
  return decodeDeclared(html, internetCodepage === undefined ? undefined : codePageName(internetCodepage))
    .text;
}

function codePageName(number: number): string | undefined {
  if (number === 65001) return 'utf-8';
  return iconv.encodingExists(`cp${number}`) ? `cp${number}` : undefined;
}
