/** Long enough to be told apart by eye, short enough for a label. */
const MAX_MADE_CHARACTERS = 40

/**
 * Makes SKUs for products without one, from what names them (a handle and options): upper-case, ASCII, the same for
 * the same parts in every import. Parts are joined by "_", which occurs in none, so that "mug" in "blue large" and
 * "mug-blue" in "large" differ. What is cut off or has no ASCII letters gets a check sum; so does the later one of
 * two that would look the same within one file.
 */
export function skuMaker(): (parts: string[]) => string {
  const owners = new Map<string, string>()
  return (parts) => {
    const whole = parts.join('\0')
    const slugs = parts.map(slug)
    const plain = slugs.filter(Boolean).join('_')
    const isTelling = slugs.every((part) => part !== '') && plain.length <= MAX_MADE_CHARACTERS
    let sku = isTelling ? plain : withCheckSum(plain, whole)
    for (let salt = whole; (owners.get(sku) ?? whole) !== whole; ) {
      salt += '\0'
      sku = withCheckSum(plain, salt)
    }
    owners.set(sku, whole)
    return sku
  }
}

function slug(part: string): string {
  return part
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function withCheckSum(plain: string, whole: string): string {
  const sum = checkSum(whole)
  const room = MAX_MADE_CHARACTERS - sum.length - 1
  return `${plain.slice(0, room).replace(/[-_]+$/, '') || 'ITEM'}-${sum}`
}

/** FNV-1a over the characters: short, even, and the same everywhere. */
function checkSum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(36).toUpperCase().padStart(7, '0')
}
