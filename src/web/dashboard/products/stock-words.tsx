/** Units as people read them: 1284 is "1,284", −3 is "−3". */
export function units(number: number): string {
  return number.toLocaleString('en').replace('-', '−')
}

/** Units that can still be sold; below zero they have to be made. */
export const Available = ({ available }: { available: number }) =>
  available < 0 ? <span class="negative">{units(available)} to make</span> : <span>{units(available)}</span>
