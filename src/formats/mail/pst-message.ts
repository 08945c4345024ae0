import type { PSTAttachment, PSTMessage } from 'pst-extractor';
import { structuralFields, type WrittenMessage, writeMessage } from './eml-writer.ts';
import { outlookFields } from './outlook-fields.ts';
import { readRtf } from './rtf-body.ts';

/** Messages within messages that are written; deeper ones are said to be lost. */
const deepestMessage = 20;
/** Recipients or attachments that a message can have (MS-PST, 2.3.4: rows of one table). A damaged mailbox may count more. */
const mostListed = 65_536;

/** A message of an Outlook mailbox as an internet message: header, body in all its versions, attachments. */
export function writePstMessage(message: PSTMessage, depth = 0): Uint8Array {
  const header = headerOf(message);
  const fields = header.map(
    ({ name, raw }) => [structuralFields.test(name) ? `X-Original-${name}` : name, raw] as const,
  );
  const { versions, files } = bodyOf(message);
  return writeMessage({
    fields: [...fields, ...detailsOf(message)],
    versions,
    files: [...files, ...attachmentsOf(message, depth)],
  });
}

function headerOf(message: PSTMessage) {
  const sent = message.clientSubmitTime ?? message.messageDeliveryTime ?? message.creationTime;
  return outlookFields({
    received: message.transportMessageHeaders,
    sender: personOf(message.senderName, message.senderEmailAddress),
    recipients: recipientsOf(message),
    subject: message.subject,
    sent: sent ?? undefined,
    id: message.internetMessageId,
    inReplyTo: message.inReplyToId,
    references: '',
  });
}

function personOf(name: string, address: string) {
  return name === '' && address === '' ? undefined : { name, address };
}

const recipientTypes = { 1: 'to', 2: 'cc', 3: 'bcc' } as const;

function recipientsOf(message: PSTMessage) {
  const recipients = [];
  const count = Math.min(message.numberOfRecipients, mostListed);
  for (let at = 0; at < count; at++) {
    const recipient = message.getRecipient(at);
    if (recipient === null) continue;
    const type = recipientTypes[recipient.recipientType as 1 | 2 | 3] ?? 'to'; // others are read as To
    const address = recipient.smtpAddress || recipient.emailAddress;
    recipients.push({ name: recipient.displayName, address, type });
  }
  return recipients;
}

function bodyOf(message: PSTMessage): Pick<WrittenMessage, 'versions' | 'files'> {
  const versions: WrittenMessage['versions'][number][] = [];
  const { body, bodyHTML: html } = message;
  if (body.trim() !== '') versions.push({ type: 'text/plain', text: body });
  if (html.trim() !== '') versions.push({ type: 'text/html', text: html });
  const rtf = html.trim() === '' ? richTextOf(message) : '';
  const rich = rtf === '' ? undefined : readRtf(Buffer.from(rtf, 'latin1'));
  if (rich?.kind === 'html') versions.push({ type: 'text/html', text: rich.text });
  else if (rich?.kind === 'text' && versions.length === 0)
    versions.push({ type: 'text/plain', text: rich.text });
  const onlyRich = rich?.kind === 'rtf' && versions.length === 0;
  return {
    versions,
    files: onlyRich ? [{ name: 'body.rtf', type: 'application/rtf', bytes: rich.bytes }] : [],
  };
}

/** Damaged rich text costs only itself: most messages have a plain text besides. */
function richTextOf(message: PSTMessage): string {
  try {
    return message.bodyRTF;
  } catch (error) {
    if (error instanceof Error) return '';
    throw error;
  }
}

/**
 * Where an item is more than a message (an appointment, a contact, a task), the package gives it getters of its own:
 * all that are words or moments become fields.
 */
function detailsOf(message: PSTMessage): [name: string, value: string][] {
  const kind = Object.getPrototypeOf(message) as object; // an instance of a class
  const getters = Object.entries(Object.getOwnPropertyDescriptors(kind)).filter(
    ([, { get }]) => get !== undefined,
  );
  if (
    message.messageClass.startsWith('IPM.Note') ||
    'numberOfRecipients' in Object.getOwnPropertyDescriptors(kind)
  )
    return [];
  return getters.flatMap(([key, { get }]): [string, string][] => {
    const value: unknown = get?.call(message);
    const text = value instanceof Date ? value.toISOString() : value;
    return typeof text === 'string' && text.trim() !== '' ? [[fieldName(key), text]] : [];
  });
}

function fieldName(key: string): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}`.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-');
}

function attachmentsOf(message: PSTMessage, depth: number): WrittenMessage['files'] {
  const count = Math.min(message.numberOfAttachments, mostListed);
  return Array.from({ length: count }, (_, at) => attachmentOf(message, at, depth));
}

/** An attachment that cannot be taken out is named by what was wrong, so that it is not passed over. */
function attachmentOf(message: PSTMessage, at: number, depth: number): WrittenMessage['files'][number] {
  try {
    const attachment = message.getAttachment(at);
    const name =
      attachment.longFilename || attachment.filename || attachment.displayName || `attachment ${at + 1}`;
    const inner = attachment.embeddedPSTMessage;
    if (inner !== null && depth < deepestMessage) {
      return { name: `${name}.eml`, type: 'message/rfc822', bytes: writePstMessage(inner, depth + 1) };
    }
    const bytes = bytesOf(attachment);
    if (bytes !== undefined) return { name, type: attachment.mimeTag || 'application/octet-stream', bytes };
    return missing(name, attachment.longPathname || attachment.pathname);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return missing(`attachment ${at + 1}`, error.message);
  }
}

function missing(name: string, why: string): WrittenMessage['files'][number] {
  const text = `The attachment is not in the mailbox${why === '' ? '' : `: ${why}`}.`;
  return { name: `${name} (missing).txt`, type: 'text/plain', bytes: Buffer.from(text) };
}

function bytesOf(attachment: PSTAttachment): Buffer | undefined {
  const stream = attachment.fileInputStream;
  if (stream === null) return undefined;
  const bytes = Buffer.alloc(stream.length.toNumber());
  stream.readCompletely(bytes);
  return bytes;
}
