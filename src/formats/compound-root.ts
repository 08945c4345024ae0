import { CompoundStreams } from './compound-streams.ts';

/**
 * Names at the top of a Compound File (MS-CFB, the container of Office before 2007 and of Outlook messages). They say
 * what the file is; names further down belong to embedded objects. A damaged directory gives those that can be reached.
 */
export function compoundRootNames(bytes: Uint8Array): readonly string[] {
  return new CompoundStreams(bytes).rootNames;
}
