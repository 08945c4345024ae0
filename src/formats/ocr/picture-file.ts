import { imageSize } from 'image-size';
import { tiffPictures } from './tiff-directory.ts';

/** One picture of a file, as its header has it: nothing is decoded for it. */
export interface PictureHeader {
  /** Pixels; 0 where the header does not say. */
  readonly width: number;
  readonly height: number;
  /** How the camera was held, 1 to 8 as in EXIF; 1 is upright. */
  readonly orientation: number;
  /** Where its directory begins, in a TIFF file. */
  readonly directory?: number;
  /** Its strips are JPEG files, in a TIFF file. */
  readonly isJpeg?: boolean;
  /** Why it is not decoded: a clause for the ledger. */
  readonly obstacle?: string;
}

/**
 * Memory that decoding a picture may take, in bytes: a reading process has a gigabyte for everything. A photograph of
 * 56 million pixels fits, and so does a drawing of 600 million in black and white.
 */
const mostBytes = 560_000_000;
const mostPixels = 600_000_000;

/** Bytes a pixel that Leptonica and the library below it hold at once. JPEG may be progressive, and then waits for its end. */
const bytesPerPixel = { jpeg: 10, other: 8 } as const;

/** The pictures of a file, one a sheet. Empty when the file is none that pincite knows, or has lost its header. */
export function picturesIn(bytes: Uint8Array): readonly PictureHeader[] {
  const pages = tiffPictures(bytes).filter(({ isThumbnail }) => !isThumbnail);
  if (pages.length > 0) {
    return pages.map(({ width, height, bits, offset, isJpeg }) => ({
      ...checked(width, height, bits === 1 ? 1 / 4 : bytesPerPixel.other),
      orientation: 1, // Leptonica obeys the tag of a TIFF by itself
      directory: offset,
      isJpeg,
    }));
  }
  try {
    const { width, height, type, orientation = 1 } = imageSize(bytes);
    if (type === undefined || !decodable.includes(type)) return [];
    return [
      { ...checked(width, height, type === 'jpg' ? bytesPerPixel.jpeg : bytesPerPixel.other), orientation },
    ];
  } catch (error) {
    // Whatever it stumbles over, the header is not one that tells a size: the documented empty list.
    if (error instanceof Error) return [];
    throw error;
  }
}

/** Types that Leptonica reads, as image-size names them. */
const decodable: readonly string[] = ['png', 'jpg', 'gif', 'bmp', 'webp'];

function checked(
  width: number,
  height: number,
  bytes: number,
): Pick<PictureHeader, 'width' | 'height' | 'obstacle'> {
  const pixels = width * height;
  if (pixels <= mostPixels && pixels * bytes <= mostBytes) return { width, height };
  const size = `${written(width)} × ${written(height)} pixels`;
  return { width, height, obstacle: `a picture of ${size} takes more memory than reading it may` };
}

function written(number: number): string {
  return number.toLocaleString('en-GB');
}
