import type { DomainCheck } from '../../../mail/check-domain.ts'
import type { DnsRecord } from '../../../mail/domain-answer.ts'
import type { DomainFinding } from '../../../mail/domain-findings.ts'
import { routes } from '../../../routes.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { fieldId, TextField } from '../../ui/field.tsx'
import { Pill } from '../../ui/pill.tsx'

/** Whether receivers will believe that e-mails come from the business, and what to put into DNS. */
export const DomainPage = ({ check }: { check: DomainCheck }) => (
  <div class="column prose">
    {check.kind === 'unconfigured' && (
      <Banner tone="warning" title="No mail provider is set up">
        <p>
          {check.missing.join(' and ')} {check.missing.length === 1 ? 'is' : 'are'} not set, so there is no
          domain to check. E-mails are kept on the Mail page, and nobody receives them.
        </p>
      </Banner>
    )}
    {check.kind === 'unanswered' && (
      <Banner tone="error" title={`${check.domain} could not be checked`}>
        <p>{check.reason}</p>
      </Banner>
    )}
    {check.kind === 'checked' && (
      <>
        <Banner tone={check.findings.every(({ isRight }) => isRight) ? 'success' : 'warning'}>
          <p>
            {check.findings.every(({ isRight }) => isRight)
              ? `${check.domain} is set up for sending.`
              : `${check.domain} is not set up completely. Add these records where its DNS is kept, wait until they are published, and check again.`}
          </p>
        </Banner>
        {check.findings.map((finding, index) => (
          <Finding finding={finding} index={index} />
        ))}
      </>
    )}
    <div class="row">
      <LinkButton icon="retry" href={routes.sendingDomain()}>
        Check again
      </LinkButton>
      <LinkButton kind="quiet" href={routes.mailSettings()}>
        Back to the e-mail settings
      </LinkButton>
    </div>
  </div>
)

const Finding = ({ finding, index }: { finding: DomainFinding; index: number }) => {
  const { name, isRight, reason, advice, records } = finding
  return (
    <Card
      title={name}
      actions={<Pill tone={isRight ? 'green' : 'amber'}>{isRight ? 'Right' : 'To do'}</Pill>}
    >
      <div class="form">
        {reason !== '' && <p class="soft">The provider says: {reason}</p>}
        {advice !== '' && <p>{advice}</p>}
        {isRight && <p class="soft">Nothing to do.</p>}
        {records.map((record, at) => (
          <Record record={record} name={`record-${index}-${at}`} />
        ))}
      </div>
    </Card>
  )
}

const Record = ({ record, name }: { record: DnsRecord; name: string }) => (
  <>
    <TextField label="Name" name={`${name}-name`} value={record.name} readonly />
    <TextField label={`Value (${record.type})`} name={`${name}-value`} value={record.value} readonly />
    <div class="row">
      <Button type="button" icon="copy" attributes={{ 'data-copy': fieldId(`${name}-name`) }}>
        Copy name
      </Button>
      <Button type="button" icon="copy" attributes={{ 'data-copy': fieldId(`${name}-value`) }}>
        Copy value
      </Button>
    </div>
  </>
)
