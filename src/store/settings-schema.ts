import { z } from 'zod';
import { ocrEngines, type Settings } from './settings.ts';

/** Strict: a key with a typing error is refused, not ignored. */
export const settingsSchema: z.ZodType<Settings> = z.strictObject({
  log: z.strictObject({ searches: z.enum(['on', 'off']).exactOptional() }).exactOptional(),
  citation: z
    .strictObject({ style: z.string().min(1).exactOptional(), template: z.string().min(1).exactOptional() })
    .exactOptional(),
  tags: z.strictObject({ rulesAtIngest: z.enum(['on', 'off']).exactOptional() }).exactOptional(),
  ocr: z
    .strictObject({
      languages: z.string().min(1).exactOptional(),
      engine: z.enum(ocrEngines).exactOptional(),
      data: z.string().min(1).exactOptional(),
    })
    .exactOptional(),
});
