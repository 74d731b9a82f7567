// Reads an SVG from standard input and writes it as a PNG to standard output; see draw-svg.ts.
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { keptSideMax, logoSideMax } from './rules.ts';

sharp.concurrency(1);
const svg = await buffer(process.stdin);
const { width, height } = await sharp(svg, { limitInputPixels: false }).metadata();
// It is drawn at the stored size, whatever size the SVG declares.
const density = Math.min(Math.max((72 * keptSideMax) / Math.max(width, height), 1), 72 * keptSideMax);
const drawn = sharp(svg, { density, limitInputPixels: logoSideMax ** 2 });
process.stdout.write(await drawn.resize(keptSideMax, keptSideMax, { fit: 'inside' }).png().toBuffer());
