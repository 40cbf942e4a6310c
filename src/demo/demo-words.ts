// What Tidewater Clay's staff write. Comments of e-mailed updates go to the shop, the others stay inside.

export const STARTED = [
  'Thank you! Your order is on the wheel this week.',
  'We have started on this one. Glazing follows on Thursday.',
  'All of it is thrown and drying; the kiln is booked.',
  'Pulled from the shelf and being wrapped. A few mugs come out of the next firing.',
]

export const SHIPPED = [
  'Packed in two boxes, both marked fragile. Please look them over when they arrive.',
  'On its way. We used paper wool only, so everything in the box can be recycled.',
  'It left the studio this morning. Thank you for your patience with the last glaze.',
  '',
]

export const DELIVERED = [
  'The carrier says it has arrived. Tell us if anything came broken.',
  'Thank you, it was a pleasure. See you next season!',
  '',
]

export const NOTES = [
  'Called: they would rather have it in one delivery.',
  'Asked for the small price tags, the ones with the string.',
  'Two of the blue ones had pinholes and were swapped before packing.',
  'Sent photographs of the new glaze along.',
]

export const WAITING = [
  'Asked for at the market; waiting for the shop to confirm the quantities.',
  'Larger than usual. Ana wants to look at the kiln plan first.',
  'New address on the request. Ring them before it is approved.',
]
