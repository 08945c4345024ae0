/** A member of a tar archive that a test makes. */
export interface TarMember {
  readonly name: string;
  readonly data?: string | Uint8Array;
  /** Default: a file. */
  readonly type?: string;
  readonly link?: string;
  /** Blocks that go on with the list of its holes, behind the header. */
  readonly holes?: number;
}

/** A tar archive, as old programs wrote them: nothing but names of up to 100 bytes. */
export function tarFile(members: readonly TarMember[]): Buffer {
  return Buffer.concat([...members.map(tarMember), Buffer.alloc(1024)]);
}

export function tarMember({ name, data = '', type = '0', link = '', holes = 0 }: TarMember): Buffer {
  const bytes = Buffer.from(data);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'utf8');
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157, 100, 'utf8');
  header.write('ustar\x0000', 257);
  if (holes > 0) header[482] = 1;
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const lists = Array.from({ length: holes }, (_, at) =>
    Buffer.alloc(512, 0x30).fill(at < holes - 1 ? 1 : 0, 504),
  );
  return Buffer.concat([header, ...lists, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
