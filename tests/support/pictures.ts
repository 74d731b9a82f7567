import sharp from 'sharp';

/** A picture of one colour. */
export const picture = (background: string, side = 32, format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png') =>
  sharp({ create: { width: side, height: side, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
