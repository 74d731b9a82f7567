import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodeLogo } from '#lib/logos/index';

const red = { r: 200, g: 20, b: 30, alpha: 0.5 };
const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 4, background: red } });
const noise = sharp({
  create: {
    width: 300,
    height: 200,
    channels: 3,
    background: 'red',
    noise: { type: 'gaussian', mean: 128, sigma: 30 },
  },
});
const svg = (body: string, attributes = 'viewBox="0 0 24 24"') =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${body}</svg>`,
  );
/** A PNG of one bit a pixel, all of them black. */
function blankPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

const kept = async (bytes: Uint8Array) => {
  const { png } = await encodeLogo(bytes);
  return { png, ...(await sharp(png).metadata()) };
};
const refusal = (bytes: Uint8Array) =>
  encodeLogo(bytes).then(
    () => 'accepted',
    (error) => `${error.code} ${error.field} ${error.issues[0].rule}`,
  );
const refusedBy = (rule: string) => `invalid_metadata logo logo.${rule}`;

describe('a logo is decoded and encoded again', () => {
  test.for(['png', 'jpeg', 'webp', 'gif'] as const)('%s becomes our own PNG of at most 256 × 256', async (format) => {
    const { width, height, format: now } = await kept(await picture(1000, 500).toFormat(format).toBuffer());
    expect([now, width, height]).toEqual(['png', 256, 128]);
  });

  test('a small one keeps its size and its transparency', async () => {
    const { png, width, hasAlpha } = await kept(await picture(20, 20).png().toBuffer());
    const pixel = await sharp(png).raw().toBuffer();
    expect([width, hasAlpha, pixel[3]]).toEqual([20, true, 128]);
  });

  test('an SVG is drawn at the stored size, whatever size it states', async () => {
    const drawing = '<circle cx="12" cy="12" r="11" fill="#123"/>';
    for (const size of ['viewBox="0 0 24 24"', 'viewBox="0 0 24 24" width="90000" height="90000"']) {
      const { format, width, height, hasAlpha } = await kept(svg(drawing, size));
      expect([format, width, height, hasAlpha]).toEqual(['png', 256, 256, true]);
    }
  });

  test('an SVG with a declaration, a comment, a document type, gradients and <use> is drawn', async () => {
    const head =
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n';
    const body =
      '<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient><path id="p" d="M0 0h9v9z"/></defs><use xlink:href="#p" fill="url(#g)"/>';
    expect(await refusal(Buffer.concat([Buffer.from(head), svg(body)]))).toBe('accepted');
  });

  test('of an animation the first frame is kept', async () => {
    const frames = await Promise.all(
      ['red', 'blue'].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const { png, pages } = await kept(animation);
    const [r, , b] = await sharp(png).raw().toBuffer();
    expect([pages ?? 1, r, b]).toEqual([1, 255, 0]);
  });

  test('turned the way its EXIF says, and without metadata', async () => {
    const secret = 'canary-in-the-metadata';
    const sent = await picture(40, 20)
      .jpeg()
      .withExif({ IFD0: { Copyright: secret, Orientation: '6' } })
      .toBuffer();
    const turned = await sharp(sent).withMetadata({ orientation: 6 }).toBuffer();
    const { png, width, height, exif, icc, xmp } = await kept(turned);
    expect([width, height, exif, icc, xmp]).toEqual([20, 40, undefined, undefined, undefined]);
    expect(Buffer.from(png).includes(secret)).toBe(false);
  });

  test('data appended to the image (a web page, an archive) is removed', async () => {
    const polyglot = Buffer.concat([
      await picture(16, 16).png().toBuffer(),
      Buffer.from('<script>alert(1)</script>PK\x03\x04canary'),
    ]);
    const { png } = await encodeLogo(polyglot);
    expect(Buffer.from(png).toString('latin1')).not.toMatch(/script|canary/);
  });

  test('the same image has the same hash', async () => {
    const bytes = await picture(64, 64).png().toBuffer();
    const [one, two] = [await encodeLogo(bytes), await encodeLogo(bytes)];
    expect(one.hash).toBe(two.hash);
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('an invalid logo is refused with its rule', () => {
  test('more than 1 MiB', async () => {
    expect(await refusal(Buffer.alloc(1024 * 1024 + 1))).toBe(refusedBy('bytes'));
  });

  const others: [string, Uint8Array | string][] = [
    ['nothing', ''],
    ['a web page called logo.png', '<!doctype html><title>x</title><script>alert(1)</script>'],
    ['a web page with an SVG in it', '<html><body><svg xmlns="http://www.w3.org/2000/svg"/></body></html>'],
    ['a PDF', '%PDF-1.7\n1 0 obj'],
    ['a BMP', 'BM\x00\x00\x00\x00'],
    ['a TIFF', 'II*\x00\x08\x00\x00\x00'],
    ['a compressed SVG', Buffer.from([0x1f, 0x8b, 8, 0])],
  ];
  test.for(others)('%s', async ([, bytes]) => {
    expect(await refusal(Buffer.from(bytes as string, 'latin1'))).toBe(refusedBy('kind'));
  });

  test.for(['png', 'jpeg', 'webp', 'gif'] as const)('a %s that ends too early', async (format) => {
    const whole = await noise.clone().toFormat(format).toBuffer();
    expect(await refusal(whole.subarray(0, whole.length / 2))).toBe(refusedBy('broken'));
  });

  test('a PNG that decompresses to 400 million pixels', async () => {
    const bomb = blankPng(20_000, 20_000);
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await refusal(bomb)).toBe(refusedBy('pixels'));
  });

  const svgs: [string, Uint8Array][] = [
    ['a script', svg('<script>alert(1)</script>')],
    ['a script under a prefix', svg('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>')],
    ['an embedded page', svg('<foreignObject><p/></foreignObject>')],
    ['a linked image', svg('<image href="https://evil.example/x.png"/>')],
    ['a file of the server', svg('<image href="file:///etc/passwd"/>')],
    ['an embedded image', svg('<image href="data:image/png;base64,AAAA"/>')],
    [
      'a text included from a file',
      svg('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    ],
    ['a drawing of another file', svg('<use xlink:href="other.svg#a"/>')],
    ['a paint of another site', svg('<rect fill="url(https://evil.example/#g)"/>')],
    ['a paint of another site, quoted', svg('<rect style="fill:url( \'https://evil.example/#g\' )"/>')],
    ['a style sheet', svg('<style>@import "https://evil.example/x.css";</style>')],
    ['a style sheet of the document', Buffer.from('<?xml version="1.0"?><?xml-stylesheet href="x.css"?><svg/>')],
    ['entities', Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>')],
    ['characters that spell something else', svg('<rect style="fill:&#117;rl(https://evil.example/)"/>')],
    ['another encoding', Buffer.from('<?xml version="1.0" encoding="UTF-7"?><svg/>')],
  ];
  test.for(svgs)('an SVG with %s', async ([, bytes]) => {
    expect(await refusal(bytes)).toMatch(/logo\.(svg|kind)$/);
  });

  test('an SVG that would take minutes is aborted within seconds, and the process continues', async () => {
    let path = 'M0 0';
    for (let i = 0; i < 20_000; i++) path += `L${(i * 7919) % 256} ${(i * 104_729) % 256}`;
    const began = performance.now();
    expect(
      await refusal(svg(`<path stroke="red" stroke-dasharray="0.01" d="${path}"/>`, 'width="256" height="256"')),
    ).toBe(refusedBy('svg'));
    expect(performance.now() - began).toBeLessThan(60_000);
  });

  test('an SVG that is not XML', async () => {
    expect(await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>'))).toBe(refusedBy('svg'));
  });
});
