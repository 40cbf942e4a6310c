import { messageOf } from '../db/client.ts'

/** Until a part that did not answer may be back, or whoever else is at it has finished. */
const RETRY_DELAY_SECONDS = 10

/**
 * Has each message of a batch worked on by itself, and brought again where that is busy or throws. A message that is
 * dropped after too many tries has to lose nothing: a sweep finds what nobody works on.
 */
export async function workThrough(
  batch: MessageBatch<unknown>,
  failed: string,
  work: (body: unknown) => Promise<'more' | 'done' | 'busy'>,
): Promise<void> {
  for (const message of batch.messages) {
    try {
      if ((await work(message.body)) === 'busy') message.retry({ delaySeconds: RETRY_DELAY_SECONDS })
      else message.ack()
    } catch (error) {
      console.error(JSON.stringify({ event: failed, message: messageOf(error) }))
      message.retry({ delaySeconds: RETRY_DELAY_SECONDS })
    }
  }
}
