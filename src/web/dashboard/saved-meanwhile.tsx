import { Banner } from '../ui/banner.tsx'

/** A field in which what was typed differs from what is saved now. */
export interface Difference {
  label: string
  saved: string
  typed: string
}

/** Tells the second of two people what the first one saved; what they typed stands in the form below. */
export const SavedMeanwhile = ({ differences }: { differences: Difference[] }) => (
  <Banner tone="warning" title="Saved by somebody else meanwhile">
    <p>Saving again replaces what they saved with what stands in the form.</p>
    <ul>
      {differences.map(({ label, saved, typed }) => (
        <li>
          {label}: saved is <b>{saved || 'nothing'}</b>, you have <b>{typed || 'nothing'}</b>
        </li>
      ))}
    </ul>
  </Banner>
)
