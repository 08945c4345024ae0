import { readHeaderBlock } from './header-block.ts';
import type { MailField } from './mail-message.ts';
import { fieldsOf } from './mime-message.ts';

/** What Outlook keeps of a message's header in properties of its own. */
export interface OutlookHeader {
  /** The header as it was received; absent in messages that were never sent through the internet. */
  readonly received: string;
  readonly sender: OutlookPerson | undefined;
  readonly recipients: readonly (OutlookPerson & { readonly type: 'to' | 'cc' | 'bcc' })[];
  readonly subject: string;
  readonly sent: Date | undefined;
  readonly id: string;
  readonly inReplyTo: string;
  readonly references: string;
}

export interface OutlookPerson {
  readonly name: string;
  readonly address: string;
}

/** The header as it was received, and from the properties what it lacks: of messages that were sent, all of it. */
export function outlookFields(header: OutlookHeader): MailField[] {
  const received = fieldsOf(readHeaderBlock(Buffer.from(header.received), 0).fields);
  const known = new Set(received.map(({ name }) => name.toLowerCase()));
  const people = (type: 'to' | 'cc' | 'bcc') =>
    header.recipients
      .filter((person) => person.type === type && `${person.name}${person.address}` !== '')
      .map(personText)
      .join(', ');
  const own: readonly (readonly [string, string])[] = [
    ['From', header.sender === undefined ? '' : personText(header.sender)],
    ['To', people('to')],
    ['Cc', people('cc')],
    ['Bcc', people('bcc')],
    ['Date', header.sent === undefined ? '' : internetDate(header.sent)],
    ['Subject', header.subject],
    ['Message-ID', header.id],
    ['In-Reply-To', header.inReplyTo],
    ['References', header.references],
  ];
  const lacking = own.filter(([name, value]) => value !== '' && !known.has(name.toLowerCase()));
  return [...lacking.map(([name, value]) => plainField(name, value)), ...received];
}

/** A field whose value is no internet syntax. */
export function plainField(name: string, value: string): MailField {
  const line = value.replaceAll(/\s+/g, ' ').trim();
  return { name, value: line, raw: line };
}

function personText({ name, address }: OutlookPerson): string {
  const clean = name.trim().replaceAll(/["\\]/g, '');
  if (address === '' || clean === address) return address === '' ? quoted(clean) : address;
  return clean === '' ? address : `${quoted(clean)} <${address}>`;
}

/** A name with a comma would be two people. */
function quoted(name: string): string {
  return /[,;:<>@()[\]]/.test(name) ? `"${name}"` : name;
}

/** Outlook keeps moments without a zone: they are given in UTC. */
export function internetDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
