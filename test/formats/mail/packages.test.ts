import { describe, expect, test } from 'vitest';
import { bodyOf, childrenOf, message, tell } from './read.ts';

const head = ['From: a@example.org', 'Subject: s', 'MIME-Version: 1.0'];

function base64Message(type: string, bytes: Uint8Array): Buffer {
  const body = Buffer.from(bytes).toString('base64');
  return message(...head, `Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', '', body);
}

/** An element of BER: tag, length in two bytes, contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const inside = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, 0x82, inside.length >> 8, inside.length & 0xff]), inside]);
}

/** One whose end is marked. */
function openEnded(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x80]), ...contents, Buffer.from([0, 0])]);
}

const identifier = (last: number) => Buffer.from([0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last]);

describe('S/MIME', () => {
  const entity = message('Content-Type: text/plain', '', 'Signed words.');
  const half = Math.floor(entity.length / 2);
  const version = Buffer.from([0x02, 1, 1]);

  test.each<[what: string, octets: Buffer, open: typeof der]>([
    ['in one piece', der(0x04, entity), der],
    [
      'in pieces',
      openEnded(0x24, der(0x04, entity.subarray(0, half)), der(0x04, entity.subarray(half))),
      openEnded,
    ],
  ])('signed, %s, is read', async (_, octets, element) => {
    const content = element(0x30, identifier(1), element(0xa0, octets));
    const signed = element(0x30, identifier(2), element(0xa0, element(0x30, version, der(0x31), content)));
    const told = await tell(
      base64Message('application/pkcs7-mime; smime-type=signed-data; name=smime.p7m', signed),
    );
    expect(bodyOf(told)).toEqual(['body Signed words.']);
    expect(told.lost).toEqual([]);
  });

  test('encrypted is said to be, and the header is read', async () => {
    const sealed = der(0x30, identifier(3), der(0xa0, der(0x30, version)));
    const told = await tell(base64Message('application/pkcs7-mime; name=smime.p7m', sealed));
    expect(told.lost).toEqual(['smime.p7m: encrypted']);
    expect(told.blocks[0]).toBe('header From: a@example.org\nSubject: s');
  });

  test('what is neither is an attachment', async () => {
    const told = await tell(
      base64Message('application/pkcs7-mime; name=smime.p7m', Buffer.from('no such thing')),
    );
    expect(told.children).toEqual({ 'smime.p7m': 'no such thing' });
  });
});

/** An attribute of a package of Outlook (MS-OXTNEF). */
function attribute(level: number, id: number, data: Uint8Array): Buffer {
  const start = Buffer.alloc(9);
  start.writeUInt8(level, 0);
  start.writeUInt32LE(id, 1);
  start.writeUInt32LE(data.length, 5);
  return Buffer.concat([start, data, Buffer.alloc(2)]);
}

function property(type: number, id: number, value: Uint8Array): Buffer {
  const start = Buffer.alloc(12);
  start.writeUInt16LE(type, 0);
  start.writeUInt16LE(id, 2);
  start.writeUInt32LE(1, 4);
  start.writeUInt32LE(value.length, 8);
  return Buffer.concat([start, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function properties(...all: readonly Buffer[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(all.length);
  return Buffer.concat([count, ...all]);
}

function outlookPackage(...attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]), ...attributes]);
}

describe('winmail.dat', () => {
  const number = Buffer.concat([Buffer.from([0x03, 0, 0x17, 0]), Buffer.alloc(4)]);
  const body = attribute(
    1,
    0x00069003,
    properties(number, property(0x1f, 0x1000, Buffer.from('The words.\0', 'utf16le'))),
  );
  const inner = outlookPackage(attribute(1, 0x0002800c, Buffer.from('Inner words.\0')));
  const files = [
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00018010, Buffer.from('PLAN~1.TXT\0')),
    attribute(2, 0x0006800f, Buffer.from('a plan')),
    attribute(2, 0x00069005, properties(property(0x1e, 0x3707, Buffer.from('the plan.txt\0')))),
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00069005, properties(property(0x0d, 0x3701, Buffer.concat([Buffer.alloc(16), inner])))),
  ];

  test('gives its text and its files, a message in it too', async () => {
    const sent = base64Message('application/ms-tnef; name=winmail.dat', outlookPackage(body, ...files));
    const told = await tell(sent);
    expect(bodyOf(told)).toEqual(['body The words.']);
    expect(told.children['the plan.txt']).toBe('a plan');
    const [, packed] = await childrenOf(sent);
    expect(bodyOf(await tell(packed ?? new Uint8Array()))).toEqual(['body Inner words.']);
  });

  test('that lies alone is read as a message, its header from its properties', async () => {
    const moment = Buffer.alloc(12);
    moment.writeUInt16LE(0x40, 0);
    moment.writeUInt16LE(0x0039, 2);
    moment.writeBigUInt64LE((11_644_473_600_000n + BigInt(Date.UTC(2021, 2, 4, 9, 30))) * 10_000n, 4);
    const header = attribute(
      1,
      0x00069003,
      properties(
        moment,
        property(0x1f, 0x0037, Buffer.from('The mug\0', 'utf16le')),
        property(0x1f, 0x0c1a, Buffer.from('Doe, Ann\0', 'utf16le')),
        property(0x1e, 0x0c1f, Buffer.from('ann@example.org\0')),
        property(0x1f, 0x0e04, Buffer.from('Ben Roe; Cy Poe\0', 'utf16le')),
      ),
    );
    const told = await tell(outlookPackage(header, body, ...files), 'dat');
    expect(told.blocks[0]).toBe(
      'header From: "Doe, Ann" <ann@example.org>\nTo: Ben Roe, Cy Poe\nDate: Thu, 04 Mar 2021 09:30:00 +0000\nSubject: The mug',
    );
    expect(bodyOf(told)).toEqual(['body The words.']);
    expect(told.children['the plan.txt']).toBe('a plan');
    expect(told.metadata?.message?.sent).toBe('2021-03-04T09:30:00+00:00');
  });

  test('of an old program has its header in attributes', async () => {
    const from = Buffer.concat([
      Uint8Array.of(4, 0, 40, 0, 4, 0, 14, 0),
      Buffer.from('Ann\0SMTP:a@b.test\0'),
    ]);
    const old = outlookPackage(
      attribute(1, 0x00008000, from),
      attribute(1, 0x00018004, Buffer.from('The mug\0')),
      attribute(1, 0x0002800c, Buffer.from('Old words.\0')),
    );
    const told = await tell(old, '');
    expect(told.blocks).toEqual(['header From: Ann <a@b.test>\nSubject: The mug', 'body Old words.']);
  });

  test('that lies alone and is cut short says so', async () => {
    const whole = outlookPackage(body, ...files);
    const told = await tell(whole.subarray(0, whole.length - 40), 'dat');
    expect(told.children['the plan.txt']).toBe('a plan');
    expect(told.lost).toEqual(['winmail.dat: failed']);
  });

  test('cut short gives what comes before the cut, and says so', async () => {
    const whole = outlookPackage(body, ...files);
    const told = await tell(
      base64Message('application/ms-tnef; name=winmail.dat', whole.subarray(0, whole.length - 40)),
    );
    expect(told.children['the plan.txt']).toBe('a plan');
    expect(told.lost).toEqual(['winmail.dat: failed']);
  });

  test('that is something else is said to be lost', async () => {
    const told = await tell(
      base64Message('application/ms-tnef; name=winmail.dat', Buffer.from('nothing of Outlook')),
    );
    expect(told.lost).toEqual(['winmail.dat: failed']);
  });
});
