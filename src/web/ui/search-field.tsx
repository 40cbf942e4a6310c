import type { ControlAttributes } from './button.tsx'
import { fieldId } from './field.tsx'
import { Icon } from './icon.tsx'

type SearchFieldProps = {
  /** Read out; the placeholder is what eyes see. */
  label: string
  name: string
  value?: string
  placeholder?: string
  /** Where typing begins. */
  autofocus?: boolean
  attributes?: ControlAttributes
}

/** A search box for a filter form; the form around it submits by GET. */
export const SearchField = ({ label, name, value, placeholder, autofocus, attributes }: SearchFieldProps) => (
  <div class="search">
    <label class="visually-hidden" for={fieldId(name)}>
      {label}
    </label>
    <Icon name="search" />
    <input
      type="search"
      id={fieldId(name)}
      name={name}
      value={value}
      placeholder={placeholder ?? label}
      autocomplete="off"
      autofocus={autofocus}
      {...attributes}
    />
  </div>
)
