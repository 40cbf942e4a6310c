import { fieldId } from './field.tsx'
import { Icon } from './icon.tsx'

export type Problem = {
  message: string
  /** Name of the field that the message is about; none for the form as a whole. */
  name?: string
  /** Where the field has an id of its own. */
  id?: string
}

/** All that is wrong with a form, above it; the focus goes here. Renders nothing without problems. */
export const ErrorSummary = ({ problems, title }: { problems: readonly Problem[]; title?: string }) =>
  problems.length === 0 ? null : (
    <div class="error-summary" role="alert" tabindex={-1} autofocus>
      <Icon name="error" />
      <div class="banner-body">
        <h2>{title ?? 'There is a problem'}</h2>
        <ul>
          {problems.map((problem) => (
            <li>
              {problem.name || problem.id ? (
                <a href={`#${problem.id ?? fieldId(problem.name ?? '')}`}>{problem.message}</a>
              ) : (
                problem.message
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
