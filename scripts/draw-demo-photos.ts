// Draws the pictures of the demo business into public/demo: one for each product, and its logo. They are kept with
// the code, so this runs only after a change of the drawings: node scripts/draw-demo-photos.ts
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoProducts } from '../src/demo/demo-products.ts'
import { openBrowser } from '../src/testing/chromium.ts'

const folder = join(import.meta.dirname, '..', 'public', 'demo')
const SIDE = 640
/** Light enough to be kept with the code. */
const QUALITY = 0.72

type Glaze = { body: string; shade: string; light: string; wall: string }

const GLAZES: Record<string, Glaze> = {
  SEA: { body: '#3f7f83', shade: '#2c5f66', light: '#7fb3b0', wall: '#ece6da' },
  OAT: { body: '#d9c6a5', shade: '#b79f79', light: '#f1e6d0', wall: '#dfe5e2' },
  RST: { body: '#a9562f', shade: '#7d3c20', light: '#d98d55', wall: '#ebe4d8' },
  FOG: { body: '#b9c0c2', shade: '#8d979b', light: '#e2e6e6', wall: '#e9dfd2' },
  DAY: { body: '#fbf7ee', shade: '#a9562f', light: '#3f7f83', wall: '#dfe5e2' },
}

/** Each kind of ware in a square of 100, standing on the line y = 78. */
const WARES: Record<string, (glaze: Glaze) => string> = {
  MUG: (g) => cup(g, { x: 30, y: 40, width: 34, height: 38, foot: 28 }) + handle(g, 64, 48, 11),
  CMP: (g) => cup(g, { x: 29, y: 36, width: 36, height: 42, foot: 36 }) + handle(g, 65, 44, 13),
  ESP: (g) => cup(g, { x: 37, y: 56, width: 24, height: 22, foot: 17 }) + handle(g, 61, 60, 6),
  TMB: (g) => cup(g, { x: 35, y: 24, width: 30, height: 54, foot: 24 }),
  BWL: (g) => cup(g, { x: 20, y: 50, width: 60, height: 28, foot: 26 }),
  PST: (g) => cup(g, { x: 15, y: 58, width: 70, height: 20, foot: 36 }),
  PLT: (g) => plate(g, 34),
  SPL: (g) => plate(g, 25),
  SRV: (g) => plate(g, 40, 24),
  RNG: (g) => plate(g, 17, 11),
  SPN: (g) => `${plate(g, 20, 13)}<ellipse cx="67" cy="74" rx="12" ry="4" fill="${g.body}"/>`,
  VAS: (g) => vase(g, { neck: 5, belly: 17, height: 40 }),
  MON: (g) => vase(g, { neck: 9, belly: 30, height: 56 }),
  TAL: (g) => vase(g, { neck: 9, belly: 15, height: 64 }),
  HRB: (g) => cup(g, { x: 30, y: 44, width: 40, height: 31, foot: 30 }) + saucer(g) + leaves(),
  HNG: (g) =>
    `<path d="M50 6 L29 46 M50 6 L71 46" stroke="#8a7a5c" stroke-width="1"/>` +
    cup(g, { x: 28, y: 46, width: 44, height: 30, foot: 22 }) +
    leaves(),
  SLT: (g) => cup(g, { x: 34, y: 52, width: 32, height: 26, foot: 26 }) + lid(g, 16, 50),
  BTR: (g) => saucer(g, 34) + lid(g, 26, 74, 26),
  INC: (g) => `${saucer(g, 26)}<path d="M50 74 L66 22" stroke="${g.shade}" stroke-width="1.1"/>${smoke()}`,
  VCH: (g) =>
    `<rect x="22" y="32" width="56" height="38" rx="2" fill="${g.body}" filter="url(#soft)"/>` +
    `<rect x="22" y="32" width="56" height="38" rx="2" fill="${g.body}"/>` +
    `<path d="M30 44h28M30 52h40M30 58h34" stroke="${g.light}" stroke-width="2" stroke-linecap="round"/>` +
    `<circle cx="68" cy="42" r="5" fill="${g.shade}"/>`,
}

type Cup = { x: number; y: number; width: number; height: number; foot: number }

function cup(g: Glaze, { x, y, width, height, foot }: Cup): string {
  const [right, bottom, middle] = [x + width, y + height, x + width / 2]
  const lip = width * 0.12
  return `<path d="M${x} ${y} C${x} ${y + height * 0.75} ${middle - foot / 2} ${bottom - 4} ${middle - foot / 2} ${bottom}
    H${middle + foot / 2} C${middle + foot / 2} ${bottom - 4} ${right} ${y + height * 0.75} ${right} ${y} Z" fill="url(#body)"/>
    <ellipse cx="${middle}" cy="${y}" rx="${width / 2}" ry="${lip}" fill="${g.light}"/>
    <ellipse cx="${middle}" cy="${y + 0.7}" rx="${width / 2 - 1.4}" ry="${lip - 1}" fill="${g.shade}"/>`
}

const handle = (g: Glaze, x: number, y: number, size: number) =>
  `<path d="M${x - 1.5} ${y} c${size * 1.3} -2 ${size * 1.3} ${size * 1.7} -1 ${size * 1.6}" fill="none"
    stroke="${g.shade}" stroke-width="3.6" stroke-linecap="round"/>`

function plate(g: Glaze, radius: number, depth = radius): string {
  const y = 79 - depth * 0.62
  return `<ellipse cx="50" cy="${y}" rx="${radius}" ry="${depth * 0.62}" fill="${g.shade}"/>
    <ellipse cx="50" cy="${y - 1.4}" rx="${radius}" ry="${depth * 0.62}" fill="url(#body)"/>
    <ellipse cx="50" cy="${y - 1.4}" rx="${radius * 0.7}" ry="${depth * 0.42}" fill="${g.light}" opacity="0.55"/>`
}

function vase(g: Glaze, { neck, belly, height }: { neck: number; belly: number; height: number }): string {
  const top = 78 - height
  return `<path d="M${50 - neck} ${top} C${50 - neck} ${top + height * 0.3} ${50 - belly} ${top + height * 0.35} ${50 - belly} ${top + height * 0.62}
    C${50 - belly} ${78 - height * 0.1} ${50 - belly * 0.5} 78 ${50 - belly * 0.5} 78 H${50 + belly * 0.5}
    C${50 + belly * 0.5} 78 ${50 + belly} ${78 - height * 0.1} ${50 + belly} ${top + height * 0.62}
    C${50 + belly} ${top + height * 0.35} ${50 + neck} ${top + height * 0.3} ${50 + neck} ${top} Z" fill="url(#body)"/>
    <ellipse cx="50" cy="${top}" rx="${neck}" ry="${neck * 0.3}" fill="${g.shade}"/>`
}

const saucer = (g: Glaze, radius = 24) =>
  `<ellipse cx="50" cy="76" rx="${radius}" ry="${radius * 0.16}" fill="${g.shade}"/>
   <ellipse cx="50" cy="75" rx="${radius}" ry="${radius * 0.15}" fill="${g.light}"/>`

const lid = (g: Glaze, radius: number, y: number, height = 10) =>
  `<path d="M${50 - radius} ${y} C${50 - radius} ${y - height} ${50 + radius} ${y - height} ${50 + radius} ${y} Z" fill="url(#body)"/>
   <circle cx="50" cy="${y - height * 0.75 - 2.4}" r="3" fill="${g.shade}"/>`

const leaves = () =>
  [-16, -9, -3, 4, 10, 17]
    .map((x, index) => {
      const y = 30 + (index % 3) * 4
      return `<ellipse cx="${50 + x}" cy="${y}" rx="3.4" ry="9" fill="${index % 2 ? '#5f7d4f' : '#7c9a66'}" transform="rotate(${x * 2} ${50 + x} ${y + 10})"/>`
    })
    .join('')

const smoke = () =>
  `<path d="M66 21 c-5 -5 5 -7 0 -13" fill="none" stroke="#ffffff" stroke-width="1" opacity="0.8"/>`

/** Small dark grains, as they are in speckled clay; the same at every run. */
function speckles(seed: number): string {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: 26 }, () => {
    const [x, y, radius] = [22 + 56 * next(), 30 + 46 * next(), 0.25 + 0.3 * next()]
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(2)}"/>`
  }).join('')
}

function drawing(sku: string): string {
  const [kind = '', glazeName = ''] = sku.split('-')
  const glaze = GLAZES[glazeName]!
  const ware = WARES[kind]!(glaze)
  const seed = [...sku].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${SIDE}" height="${SIDE}">
    <defs>
      <linearGradient id="body"><stop offset="0" stop-color="${glaze.light}"/><stop offset="0.35" stop-color="${glaze.body}"/><stop offset="1" stop-color="${glaze.shade}"/></linearGradient>
      <linearGradient id="table" x2="0" y2="1"><stop offset="0" stop-color="#cbb899"/><stop offset="1" stop-color="#b7a283"/></linearGradient>
      <filter id="soft"><feGaussianBlur stdDeviation="2"/></filter>
      <mask id="ware"><g fill="#fff" stroke="#fff">${ware.replace(/(fill|stroke)="(?!none)[^"]*"/g, '$1="#fff"')}</g></mask>
    </defs>
    <rect width="100" height="100" fill="${glaze.wall}"/>
    <rect y="66" width="100" height="34" fill="url(#table)"/>
    <ellipse cx="54" cy="78.5" rx="30" ry="4" fill="#3a2f20" opacity="0.35" filter="url(#soft)"/>
    ${ware}
    <g fill="#3b2f25" opacity="0.35" mask="url(#ware)">${kind === 'VCH' ? '' : speckles(seed)}</g>
  </svg>`
}

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${SIDE}" height="${SIDE}">
  <rect width="100" height="100" rx="22" fill="#1f5f73"/>
  <path d="M26 40 C26 70 40 76 40 76 H60 C60 76 74 70 74 40 Z" fill="#f1e6d0"/>
  <path d="M28 56 q5.5 -5 11 0 t11 0 t11 0 t11 0" fill="none" stroke="#1f5f73" stroke-width="3.4"/>
  <ellipse cx="50" cy="40" rx="24" ry="5" fill="#d9c6a5"/>
</svg>`

const browser = await openBrowser()
const page = await browser.newPage()
const drawn = [
  ...demoProducts.map(({ sku }) => [sku.toLowerCase(), drawing(sku)] as const),
  ['logo', logo] as const,
]
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
let bytes = 0
for (const [name, svg] of drawn) {
  const webp = await page.evaluate(
    async ([source, side, quality]) => {
      const image = new Image()
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = side
      canvas.getContext('2d')!.drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', quality).split(',')[1]!
    },
    [svg, SIDE, QUALITY] as const,
  )
  const file = Buffer.from(webp, 'base64')
  bytes += file.length
  await writeFile(join(folder, `${name}.webp`), file)
}
await browser.close()
console.log(`${drawn.length} pictures, ${Math.round(bytes / 1000)} kB`)
