import iconv from 'iconv-lite';
import { Binary } from './binary.ts';
import type { CompoundStreams } from './compound-streams.ts';
import type { FileMetadata } from './extraction.ts';

const stream = '\x05SummaryInformation';
const identifiers = { codePage: 1, title: 2, author: 4, created: 12 } as const;
const types = { narrow: 30, wide: 31, time: 64 } as const;
const utf8 = 65001;

/** What a compound file of Office says of itself (MS-OLEPS): title, author, and when it was made. */
export function documentProperties(streams: CompoundStreams): FileMetadata {
  const data = new Binary(streams.stream(stream) ?? new Uint8Array());
  const set = data.long(44);
  const places = new Map<number, number>();
  for (let index = 0; index < Math.min(data.long(set + 4), 64); index++)
    places.set(data.long(set + 8 + 8 * index), set + data.long(set + 12 + 8 * index));
  const page = data.short((places.get(identifiers.codePage) ?? -4) + 4);
  const text = (identifier: number) => textAt(data, places.get(identifier), page);
  const title = text(identifiers.title);
  const author = text(identifiers.author);
  const created = timeAt(data, places.get(identifiers.created));
  return { ...(title && { title }), ...(author && { author }), ...(created && { created }) };
}

function textAt(data: Binary, at: number | undefined, page: number): string | undefined {
  if (at === undefined) return undefined;
  const length = Math.min(data.long(at + 4), 1000);
  const type = data.short(at);
  if (type === types.wide) return beforeNull(data.text(at + 8, length));
  if (type !== types.narrow) return undefined;
  const encoding = page === utf8 ? 'utf-8' : `windows-${page}`;
  const bytes = Buffer.from(data.slice(at + 8, length));
  return beforeNull(iconv.decode(bytes, iconv.encodingExists(encoding) ? encoding : 'windows-1252'));
}

function beforeNull(text: string): string {
  return text.replace(/\0.*$/s, '').trim();
}

/** From 1601, from when Windows counts, to 1970, in milliseconds. */
export const toUnixEpoch = 11_644_473_600_000;

/** Hundreds of nanoseconds since 1601, as ISO 8601; undefined for none. */
function timeAt(data: Binary, at: number | undefined): string | undefined {
  if (at === undefined || data.short(at) !== types.time) return undefined;
  const milliseconds = (data.long(at + 8) * 2 ** 32 + data.long(at + 4)) / 10_000 - toUnixEpoch;
  if (milliseconds <= 0 || milliseconds > 8.64e15) return undefined;
  return new Date(milliseconds).toISOString();
}
