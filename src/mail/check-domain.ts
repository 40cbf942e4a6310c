import type { Ctx } from '../context.ts'
import { ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { askAboutDomain } from './domain-answer.ts'
import { type DomainFinding, findingsOf } from './domain-findings.ts'

/** What is known about the domain that e-mails come from. */
export type DomainCheck =
  /** The variables that are not set. */
  | { kind: 'unconfigured'; missing: string[] }
  | { kind: 'unanswered'; domain: string; reason: string }
  | { kind: 'checked'; domain: string; findings: DomainFinding[] }

/** Asks the provider whether the domain of the From address is set up for sending. */
export async function checkDomain(ctx: Ctx): Promise<Result<{ frame: Frame; check: DomainCheck }>> {
  const refused = refuse(ctx, 'settings.write')
  if (refused) return refused
  const [{ frame }, check] = await Promise.all([readWithFrame(ctx, []), checkOf(ctx)])
  return ok({ frame, check })
}

async function checkOf({ env }: Ctx): Promise<DomainCheck> {
  const { MAILCHANNELS_API_KEY: key, MAIL_FROM: from, MAILCHANNELS_URL: url } = env
  if (!key || !from) {
    const missing = [key ? '' : 'MAILCHANNELS_API_KEY', from ? '' : 'MAIL_FROM'].filter(Boolean)
    return { kind: 'unconfigured', missing }
  }
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase()
  const answer = await askAboutDomain({ key, from, url }, domain)
  if ('refused' in answer) return { kind: 'unanswered', domain, reason: answer.refused }
  return { kind: 'checked', domain, findings: findingsOf(domain, answer) }
}
