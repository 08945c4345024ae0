import type { PictureHeader } from './picture-file.ts';
import { rasterOfPix } from './pix-raster.ts';
import { mirrored, type Raster, reduced, reductionFor, turned } from './raster.ts';
import { startTesseractCore, type TesseractCore } from './tesseract-core.ts';
import { jpegStrips, startingAt } from './tiff-directory.ts';

/** A picture that cannot be decoded; the message is a clause for the ledger. */
export class PictureError extends Error {}

/** Memory that has grown beyond this is dropped with its instance, since it never shrinks. */
const largestKeptMemory = 128 * 1024 * 1024;

let current: Promise<TesseractCore> | undefined;

/**
 * Decodes one picture of a file to shades of grey, turned as it is meant to be seen. Leptonica decodes; utif2 where it
 * does not know how a TIFF is packed.
 * @throws PictureError when neither can.
 */
export async function decodePicture(bytes: Uint8Array, header: PictureHeader): Promise<Raster> {
  if (header.obstacle !== undefined) throw new PictureError(header.obstacle);
  const raster = await decode(bytes, header);
  if (raster === undefined)
    throw new PictureError('the picture is damaged, or packed in a way that is not known');
  return asSeen(raster, header.orientation);
}

async function decode(bytes: Uint8Array, { directory, isJpeg }: PictureHeader): Promise<Raster | undefined> {
  if (directory === undefined) return withLeptonica(bytes);
  if (isJpeg) return withStrips(jpegStrips(bytes, directory));
  const file = startingAt(bytes, directory);
  return (await withLeptonica(file)) ?? withUtif(file, directory);
}

/** Strips one below the other. */
async function withStrips(strips: readonly Uint8Array[]): Promise<Raster | undefined> {
  const decoded: Raster[] = [];
  for (const strip of strips) {
    const raster = await withLeptonica(strip);
    if (raster === undefined) return undefined;
    decoded.push(raster);
  }
  const [first] = decoded;
  if (first === undefined || decoded.some(({ width }) => width !== first.width)) return undefined;
  const height = decoded.reduce((sum, raster) => sum + raster.height, 0);
  const dpi = likelyDpi(first.width, height, 0);
  return { width: first.width, height, grey: Buffer.concat(decoded.map(({ grey }) => grey)), dpi };
}

async function withLeptonica(bytes: Uint8Array): Promise<Raster | undefined> {
  current ??= startTesseractCore();
  const core = await current;
  let isWhole = false;
  try {
    const raster = decodeWith(core, bytes);
    isWhole = true;
    return raster;
  } finally {
    // After a trap its memory is not to be trusted.
    if (!isWhole || core.memory.buffer.byteLength > largestKeptMemory) current = undefined;
  }
}

function decodeWith(core: TesseractCore, bytes: Uint8Array): Raster | undefined {
  const file = core._malloc(bytes.length);
  if (file === 0) throw new PictureError('the picture does not fit into memory');
  new Uint8Array(core.memory.buffer).set(bytes, file);
  const address = core._pixReadMem(file, bytes.length);
  core._free(file);
  if (address === 0) return undefined;
  const pix = core.wrapPointer(address, core.Pix);
  const raster = rasterOfPix(core, pix, likelyDpi(pix.get_w(), pix.get_h(), pix.get_xres()));
  const holder = core._malloc(4);
  new DataView(core.memory.buffer).setUint32(holder, address, true);
  core._pixDestroy(holder);
  core._free(holder);
  return raster;
}

/** utif2 on what Leptonica's libtiff was built without: Deflate. */
async function withUtif(bytes: Uint8Array, directory: number): Promise<Raster | undefined> {
  const { default: utif } = await import('utif2');
  try {
    const { buffer } = new Uint8Array(bytes);
    // The directory that was asked for comes first now.
    const [first] = utif.decode(buffer);
    if (first === undefined) return undefined;
    utif.decodeImage(buffer, first);
    const { width, height } = first;
    if (!(width > 0 && height > 0)) return undefined;
    return rasterOfColours(utif.toRGBA8(first), width, height);
  } catch (error) {
    throw new PictureError(
      `picture at ${directory}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function rasterOfColours(colours: Uint8Array, width: number, height: number): Raster {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const [red = 255, green = 255, blue = 255, alpha = 255] = colours.subarray(pixel * 4, pixel * 4 + 4);
    grey[pixel] = Math.round(255 + ((0.299 * red + 0.587 * green + 0.114 * blue - 255) * alpha) / 255);
  }
  return reduced({ width, height, grey, dpi: likelyDpi(width, height, 0) }, reductionFor(width, height));
}

/** Below this a picture that is to be read was not scanned, above it not by any usual scanner: the number was made up. */
const [leastDpi, mostDpi] = [100, 2400];
/** The longer side of A4, in inches. */
const sheetInches = 11.7;

/** What the file says where that can be, else as if the picture showed a sheet of A4. */
function likelyDpi(width: number, height: number, said: number): number {
  if (said >= leastDpi && said <= mostDpi) return said;
  return Math.min(Math.max(Math.round(Math.max(width, height) / sheetInches), leastDpi), mostDpi);
}

/** EXIF's orientations: 2 to 4 are upright or upside down, 5 to 8 lie on a side; the even of the first, the odd of the second are mirrored. */
function asSeen(raster: Raster, orientation: number): Raster {
  switch (orientation) {
    case 2:
      return mirrored(raster);
    case 3:
      return turned(raster, 2);
    case 4:
      return turned(mirrored(raster), 2);
    case 5:
      return turned(mirrored(raster), 3);
    case 6:
      return turned(raster, 1);
    case 7:
      return turned(mirrored(raster), 1);
    case 8:
      return turned(raster, 3);
    default:
      return raster;
  }
}
