/** A stream of a Compound File (MS-CFB) by its path below the root: `Workbook`, `MBD0001/\x01Ole10Native`. */
export interface CompoundStream {
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface CompoundEntry {
  readonly type: number;
  readonly content?: Uint8Array | readonly number[];
}

interface CompoundContainer {
  readonly FullPaths: readonly string[];
  readonly FileIndex: readonly CompoundEntry[];
}

/** The part of the library that is used here. */
interface CompoundLibrary {
  read(bytes: Uint8Array, options: { readonly type: 'buffer' }): CompoundContainer;
  write(container: CompoundContainer, options: { readonly type: 'buffer' }): Uint8Array;
  readonly utils: {
    cfb_new(): CompoundContainer;
    cfb_add(container: CompoundContainer, path: string, bytes: Uint8Array): unknown;
  };
}

const streamType = 2;

async function library(): Promise<CompoundLibrary> {
  return (await import('@e965/xlsx')).CFB;
}

/**
 * All streams, in the order of the file's directory.
 * @throws Error when the file is no Compound File, or too damaged to tell its streams apart.
 */
export async function compoundStreams(bytes: Uint8Array): Promise<readonly CompoundStream[]> {
  const { FullPaths, FileIndex } = (await library()).read(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
    {
      type: 'buffer',
    },
  );
  return FileIndex.flatMap(({ type, content }, at) => {
    const path = FullPaths[at]?.replace(/^[^/]*\//, '') ?? '';
    return type === streamType && content !== undefined ? [{ path, bytes: Uint8Array.from(content) }] : [];
  });
}

/** A Compound File of its own that holds these streams: the same bytes for the same streams. */
export async function compoundFileOf(streams: readonly CompoundStream[]): Promise<Uint8Array> {
  const { utils, write } = await library();
  const container = utils.cfb_new();
  for (const { path, bytes } of streams) utils.cfb_add(container, `/${path}`, bytes);
  return write(container, { type: 'buffer' });
}
