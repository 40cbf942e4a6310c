import { numberWords } from '../../../number-words.ts'
/** Units that can still be sold; below zero they have to be made. */
export const Available = ({ available }: { available: number }) =>
  available < 0 ? (
    <span class="negative">{numberWords(available)} to make</span>
  ) : (
    <span>{numberWords(available)}</span>
  )
