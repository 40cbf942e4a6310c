/** Choices that look random and are the same at every run. */
export interface Chance {
  /** A whole number from `min` to `max`, both included. */
  between: (min: number, max: number) => number
  pick: <T>(from: readonly T[]) => T
  /** True in so many of 100 cases. */
  happens: (percent: number) => boolean
}

/** A linear congruential generator with the constants of Numerical Recipes; its high bits are good enough here. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    between,
    pick: (from) => from[between(0, from.length - 1)]!,
    happens: (percent) => between(1, 100) <= percent,
  }
}
