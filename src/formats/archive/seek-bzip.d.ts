declare module 'seek-bzip' {
  interface ByteSink {
    writeByte(byte: number): void;
  }
  const Bunzip: {
    /** @param multistream Goes on with streams that follow the first. */
    decode(input: Buffer, output: ByteSink, multistream: boolean): unknown;
  };
  export default Bunzip;
}
