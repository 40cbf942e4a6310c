import { colord, extend } from 'colord'
import a11y from 'colord/plugins/a11y'
import mix from 'colord/plugins/mix'

extend([a11y, mix])

/** The accent colour as text, and as a surface below `onAccent`; each pair has a contrast of at least 4.5 : 1. */
export interface Accent {
  /** '#rrggbb' */
  accent: string
  onAccent: string
}

/** What the accent stands on, by day and by night. */
export const PAPER = { light: '#fffefc', dark: '#1d2124' }

/** As the app's own accent is in app.css. */
const DEFAULT = { light: '#0b5d56', dark: '#62c8ba' }
const STEP = 0.05

/** True for what a business may choose. */
export function isAccentColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text)
}

/**
 * The accent of a business that chose `color` ('#rrggbb'; anything else is the default), for light and for dark
 * surfaces: as it was chosen where it can be read there, and otherwise darker or lighter by as much as that takes.
 * `paper` is the darkest of the light surfaces, and the lightest of the dark ones, where there are several.
 */
export function accentOf(color: string, paper = PAPER): { light: Accent; dark: Accent } {
  const chosen = isAccentColor(color) ? { light: color.toLowerCase(), dark: color.toLowerCase() } : DEFAULT
  return {
    light: { accent: readableOn(paper.light, chosen.light, '#000000'), onAccent: paper.light },
    dark: { accent: readableOn(paper.dark, chosen.dark, '#ffffff'), onAccent: paper.dark },
  }
}

function readableOn(paper: string, color: string, towards: string): string {
  for (let share = 0; share < 1; share += STEP) {
    // Judged as it is written, because writing rounds it.
    const mixed = colord(color).mix(towards, share, 'rgb').toHex()
    if (colord(mixed).isReadable(paper)) return mixed
  }
  return towards
}
