/** The two sizes in which a picture is kept. */
export const PICTURE_SIZES = ['small', 'large'] as const
export type PictureSize = (typeof PICTURE_SIZES)[number]

/** What it is a picture of: goods are cut to the square in which lists show them, a logo is never cut. */
export type PictureShape = 'photo' | 'logo'

/** What a phone's camera makes stays below it. */
export const MAX_PICTURE_BYTES = 10_000_000
/** Pixels are what decoding costs: a small file can claim any number of them. Phones make up to 50 million. */
export const MAX_PIXELS = 60_000_000
/** More on one side is refused by Cloudflare Images. */
export const MAX_SIDE_PIXELS = 12_000

/** CSS pixels of a side at most; screens of twice the density still show the small one sharply in a list. */
export const SIDES: Record<PictureSize, number> = { small: 320, large: 800 }
/** What a phone loads: a catalogue of a hundred small ones has to stay light. */
export const MAX_BYTES: Record<PictureSize, number> = { small: 25_000, large: 120_000 }

/** The media types that are taken, and by which first bytes they are known. */
export type PictureType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp'

/**
 * What a file really is, whatever its name says; null for everything else. A drawing (SVG) is none of them: it can
 * carry scripts.
 */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (text(0, 3) === '\xff\xd8\xff') return 'image/jpeg'
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (/^GIF8[79]a$/.test(text(0, 6))) return 'image/gif'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp'
  return null
}
