import type { CrashPoints } from './crash-points.ts'

/** A bucket of which every step of an upload is a call that can fail. */
export function crashingFiles(files: R2Bucket, points: CrashPoints): R2Bucket {
  const calls = <T extends object>(target: T, methods: string[]): T =>
    new Proxy(target, {
      get: (_, key) => {
        const member: unknown = Reflect.get(target, key, target)
        if (typeof member !== 'function') return member
        const call = (...args: unknown[]) => Reflect.apply(member, target, args)
        if (key === 'resumeMultipartUpload') {
          return (...args: unknown[]) => calls(call(...args) as object, ['uploadPart', 'complete', 'abort'])
        }
        if (!methods.includes(String(key))) return call
        return (...args: unknown[]) =>
          points.leave('files', String(key), () => call(...args) as Promise<unknown>)
      },
    })
  return calls(files, ['createMultipartUpload', 'head'])
}
