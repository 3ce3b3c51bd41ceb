import type { ReactNode } from 'react'
import { RefusableInput } from './refusable-input.js'

/** Options of `NameField`. */
export interface NameFieldProps {
  value: string
  onChange(name: string): void
  description?: ReactNode
  error?: string | undefined
  /** For the first field of a dialog. */
  focused?: boolean
  readOnly?: boolean
}

/** Asks what something is called. */
export function NameField({ value, onChange, focused = false, ...rest }: NameFieldProps) {
  return (
    <RefusableInput
      field="name"
      label="Name"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      required
      withAsterisk={false}
      maxLength={100}
      {...(focused ? { 'data-autofocus': true } : {})}
      {...rest}
    />
  )
}
