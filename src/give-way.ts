/**
 * Lets waiting requests in between two pieces of long work. On one machine, where the database and the objects live
 * in the same process, it would otherwise answer nobody before the work is done.
 */
export function giveWay(): Promise<void> {
  return scheduler.wait(1)
}
