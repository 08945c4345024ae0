import { detectType } from '../detect.ts';
import type { ReadOptions } from '../extraction.ts';
import { decodePicture } from './decode-picture.ts';
import { picturesIn } from './picture-file.ts';
import type { Raster } from './raster.ts';

/** A file whose sheets can be looked at. */
export interface SheetPictures {
  /** One sheet, from 1, as it is shown. @throws Error when it cannot be drawn or decoded. */
  picture(sheet: number): Promise<Raster>;
  close(): void;
}

/** Opens a file to recognise its sheets. @throws Error when it cannot be opened, or is of no type with sheets. */
export async function openSheetPictures(
  bytes: Uint8Array,
  { extension, passwords }: Pick<ReadOptions, 'extension' | 'passwords'>,
): Promise<SheetPictures> {
  const type = detectType({ extension, head: bytes.subarray(0, 4096), bytes });
  if (type === 'pdf' || extension === 'pdf') {
    const { openPdf } = await import('../pdf/render-sheet.ts');
    const pdf = await openPdf(bytes, passwords);
    return { picture: async (sheet) => pdf.draw(sheet), close: () => pdf.close() };
  }
  const pictures = picturesIn(bytes);
  if (pictures.length === 0) throw new Error('it has no sheets that can be drawn');
  return {
    async picture(sheet) {
      const header = pictures[sheet - 1];
      if (header === undefined) throw new Error('there is no such sheet');
      return decodePicture(bytes, header);
    },
    close: () => undefined,
  };
}
