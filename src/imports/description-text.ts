import { compile } from 'html-to-text'

const LOOKS_LIKE_HTML = /<\/?[a-z][^>]*>|<!--|&(?:[a-z]{2,8}|#\d{1,7}|#x[\da-f]{1,6});/i
/** Deeper is nobody's description, and would only cost time. */
const MAX_DEPTH = 40
const MAX_CHILDREN = 2_000
/** Far above what any description may have: longer ones stay as they are, and are refused for their length. */
const MAX_HTML_CHARACTERS = 200_000

const toText = compile({
  wordwrap: false,
  limits: { maxDepth: MAX_DEPTH, maxChildNodes: MAX_CHILDREN },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...['table', 'tr'].map((selector) => ({ selector, format: 'block' })),
  ],
})

/** A description as text: HTML loses its tags and keeps its paragraphs and lists, other text stays as it is. */
export function descriptionText(description: string): string {
  if (description.length > MAX_HTML_CHARACTERS || !LOOKS_LIKE_HTML.test(description))
    return description.trim()
  return toText(description)
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
