/** More than anybody types to find something; what is beyond is not looked for. */
export const MAX_SEARCH_CHARACTERS = 100
/** Each word costs a look-up in the index. */
const MAX_WORDS = 8

/**
 * What a person typed as an FTS5 expression: every word has to be there, each as the beginning of a word. Quoted, so
 * that operators, quotes and hyphens are only text; "MUG-SEA" is "mug" followed by "sea…". Null when nothing typed
 * can be found, as in "***".
 */
export function matchExpression(typed: string): string | null {
  const words = typed
    .slice(0, MAX_SEARCH_CHARACTERS)
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MAX_WORDS)
  return words.length > 0 ? words.map((word) => `"${word.replaceAll('"', '""')}" *`).join(' ') : null
}
