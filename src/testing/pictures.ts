// Pictures made here, byte by byte, so that a test can say what is in them.

/** A PNG of noise, which no encoder makes small, or of one colour; `claims` writes other dimensions into its head. */
export async function aPng(
  width: number,
  height: number,
  { noise = false, claims = [width, height] as [number, number] } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const rows = new Uint8Array(height * (1 + 3 * width))
  let state = 7
  for (let at = 0; at < rows.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    // Each row begins with the number of its filter, 0.
    if (at % (1 + 3 * width) !== 0) rows[at] = noise ? state >>> 24 : 120
  }
  const head = new Uint8Array(13)
  const view = new DataView(head.buffer)
  view.setUint32(0, claims[0])
  view.setUint32(4, claims[1])
  // Eight bits for each of red, green and blue.
  head.set([8, 2], 8)
  return joined(
    bytesOf('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', head),
    chunk('IDAT', await deflated(rows)),
    chunk('IEND', new Uint8Array()),
  )
}

/** A text that a PNG carries beside its pixels, as cameras and programs leave it. */
export function withText(png: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const end = png.length - 12
  return joined(png.subarray(0, end), chunk('tEXt', bytesOf(`Comment\0${text}`)), png.subarray(end))
}

/** The smallest JPEG there is: one grey pixel. Written out, since a JPEG needs its tables. */
export function aJpeg(): Uint8Array<ArrayBuffer> {
  const quantization = [0xff, 0xdb, 0, 67, 0, ...Array<number>(64).fill(1)]
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0]
  // One code of one bit for "no difference", and one for "end of block".
  const table = (kind: number) => [0xff, 0xc4, 0, 20, kind, 1, ...Array<number>(15).fill(0), 0]
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0b00111111]
  return new Uint8Array([0xff, 0xd8, quantization, frame, table(0), table(0x10), scan, 0xff, 0xd9].flat())
}

/** A GIF of one pixel. */
export const aGif = () =>
  bytesOf(
    'GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;',
  )

export const bytesOf = (latin: string) => Uint8Array.from(latin, (letter) => letter.charCodeAt(0))

export function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined(bytesOf(type), data)
  const around = new DataView(new ArrayBuffer(8))
  around.setUint32(0, data.length)
  around.setUint32(4, crc(named))
  const [length, sum] = [new Uint8Array(around.buffer, 0, 4), new Uint8Array(around.buffer, 4, 4)]
  return joined(length, named, sum)
}

/** CRC-32 of ISO 3309, as PNG asks for it. */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return ~sum >>> 0
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
