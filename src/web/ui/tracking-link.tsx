import { recogniseTracking } from '../../orders/tracking.ts'

/** A tracking number with its carrier, as a link to where the parcel can be followed, if the number tells that. */
export const TrackingLink = ({ number }: { number: string }) => {
  const tracking = recogniseTracking(number)
  if (!tracking) return <>{number}</>
  return (
    <>
      <a href={tracking.href} rel="noreferrer">
        {number}
      </a>{' '}
      ({tracking.carrier})
    </>
  )
}
