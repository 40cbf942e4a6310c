import type { Child, PropsWithChildren } from 'hono/jsx'
import type { ControlAttributes } from './button.tsx'
import { Icon } from './icon.tsx'

type FieldProps = {
  label: string
  /** For those who see, its column says it. */
  hideLabel?: boolean
  name: string
  /** Only where a name comes twice on one page; derived from the name otherwise. */
  id?: string
  hint?: Child
  /** What is wrong, in words; the value stays as typed. */
  error?: string
  required?: boolean
  attributes?: ControlAttributes
}

type InputProps = FieldProps & {
  value?: string | number
  autocomplete?: string
  inputmode?: 'text' | 'tel' | 'url' | 'email' | 'numeric' | 'decimal'
  placeholder?: string
  maxlength?: number
  readonly?: boolean
  /** Id of a datalist with suggestions. */
  list?: string
  /** Where typing goes on after the page or a part of it was replaced. */
  autofocus?: boolean
}

/** The id of the field called `name`: `lines[0].quantity` → `field-lines-0-quantity`. */
export const fieldId = (name: string): string =>
  `field-${name.replace(/[^A-Za-z0-9_]+/g, '-').replace(/-$/, '')}`

/** One line of text. */
export const TextField = (props: InputProps & { type?: 'text' | 'email' | 'tel' | 'url' | 'date' }) => (
  <Field {...props}>
    <input type={props.type ?? 'text'} {...inputAttributes(props)} />
  </Field>
)

/** A number, typed as text so that "ten" reaches the server and comes back with a message. */
export const NumberField = (props: InputProps & { suffix?: string }) => (
  <Field {...props}>
    <Affixed suffix={props.suffix}>
      <input type="text" class="number" {...inputAttributes({ inputmode: 'numeric', ...props })} />
    </Affixed>
  </Field>
)

/** An amount in main units as typed ("12.50"); the caller parses and formats, `currency` is its sign or code. */
export const MoneyField = (props: InputProps & { currency: string }) => (
  <Field {...props}>
    <Affixed prefix={props.currency}>
      <input type="text" class="number" {...inputAttributes({ inputmode: 'decimal', ...props })} />
    </Affixed>
  </Field>
)

/** Several lines of text. */
export const TextArea = (props: FieldProps & { value?: string; rows?: number; maxlength?: number }) => (
  <Field {...props}>
    <textarea {...controlAttributes(props)} rows={props.rows ?? 3} maxlength={props.maxlength}>
      {props.value}
    </textarea>
  </Field>
)

/** A file from the person's own machine; the form needs `enctype="multipart/form-data"`. */
export const FileField = (props: FieldProps & { accept?: string }) => (
  <Field {...props}>
    <input type="file" accept={props.accept} {...controlAttributes(props)} />
  </Field>
)

export type Option = { value: string; label: string; disabled?: boolean }

/** One of a few fixed values. */
export const SelectField = (props: FieldProps & { value?: string; options: readonly Option[] }) => (
  <Field {...props}>
    <select {...controlAttributes(props)}>
      {props.options.map((option) => (
        <option value={option.value} selected={option.value === props.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  </Field>
)

/** Yes or no; sends `value` ("on" unless told) when ticked. */
export const Checkbox = (props: FieldProps & { checked?: boolean; value?: string }) => (
  <div class={fieldClass(props.error)}>
    <label class="check">
      <input
        type="checkbox"
        value={props.value ?? 'on'}
        checked={props.checked}
        {...controlAttributes(props)}
      />
      <span>{props.label}</span>
    </label>
    <Notes {...props} />
  </div>
)

export type Choice = { value: string; label: string; hint?: Child }

/** One of a few values as cards; without `value` none is chosen. Its label is the legend. */
export const RadioChoice = (props: FieldProps & { value?: string; choices: readonly Choice[] }) => {
  const id = props.id ?? fieldId(props.name)
  return (
    <fieldset
      class={props.error ? 'invalid' : undefined}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a plain group cannot be invalid or required
      role="radiogroup"
      aria-describedby={describedBy(props)}
      aria-invalid={props.error ? 'true' : undefined}
      aria-required={props.required ? 'true' : undefined}
    >
      <legend>
        {props.label}
        <RequiredMark {...props} />
      </legend>
      <div class="choices">
        {props.choices.map((choice, index) => (
          <label class="choice">
            <input
              type="radio"
              // The first one carries the plain id, where the error summary leads.
              id={index === 0 ? id : `${id}-${index + 1}`}
              name={props.name}
              value={choice.value}
              checked={choice.value === props.value}
              required={props.required}
              {...props.attributes}
            />
            <span>
              {choice.label}
              {choice.hint && <span class="hint">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <Notes {...props} />
    </fieldset>
  )
}

const Field = (props: PropsWithChildren<FieldProps>) => (
  <div class={fieldClass(props.error)}>
    <div class="field-label">
      <label class={props.hideLabel ? 'visually-hidden' : undefined} for={props.id ?? fieldId(props.name)}>
        {props.label}
      </label>
      <RequiredMark {...props} />
    </div>
    {props.children}
    <Notes {...props} />
  </div>
)

// The control itself tells assistive technology that it is required.
const RequiredMark = ({ required }: { required?: boolean }) =>
  required ? (
    <span class="required" aria-hidden="true">
      required
    </span>
  ) : null

const Notes = (props: FieldProps) => {
  const id = props.id ?? fieldId(props.name)
  return (
    <>
      {props.error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="error" />
          {props.error}
        </p>
      )}
      {props.hint && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </>
  )
}

const Affixed = (props: PropsWithChildren<{ prefix?: string; suffix?: string }>) => (
  <div class="affix">
    {props.prefix && <span aria-hidden="true">{props.prefix}</span>}
    {props.children}
    {props.suffix && <span aria-hidden="true">{props.suffix}</span>}
  </div>
)

const fieldClass = (error: string | undefined) => (error ? 'field invalid' : 'field')

const describedBy = (props: FieldProps): string | undefined => {
  const id = props.id ?? fieldId(props.name)
  const notes = [props.error && `${id}-error`, props.hint && `${id}-hint`].filter(Boolean)
  return notes.length > 0 ? notes.join(' ') : undefined
}

const controlAttributes = (props: FieldProps) => ({
  id: props.id ?? fieldId(props.name),
  name: props.name,
  required: props.required,
  'aria-describedby': describedBy(props),
  'aria-invalid': props.error ? ('true' as const) : undefined,
  ...props.attributes,
})

const inputAttributes = (props: InputProps) => ({
  ...controlAttributes(props),
  value: props.value,
  autocomplete: props.autocomplete ?? 'off',
  inputmode: props.inputmode,
  placeholder: props.placeholder,
  maxlength: props.maxlength,
  readonly: props.readonly,
  list: props.list,
  autofocus: props.autofocus,
})
