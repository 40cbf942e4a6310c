/** What a request asked for, in short: equal for the same form sent twice, different where it was edited between. */
export async function digestOf(asked: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(asked))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
