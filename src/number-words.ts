// One formatter for all: toLocaleString looks for one each time, which a page of numbers notices.
const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** A whole number as people read it: 1250 is "1,250", −3 is "−3". */
export function numberWords(number: number): string {
  return wholeNumber.format(number).replace('-', '−')
}
