import { TextInput, type TextInputProps } from '@mantine/core'
import { useRefusal } from './refusal.js'

/** Options of `RefusableInput`. `field`: as the server names it. */
export interface RefusableInputProps extends TextInputProps {
  field: string
}

/** A line of text; why the server has refused it stands below. */
export function RefusableInput({ field, error, ...rest }: RefusableInputProps) {
  const refusal = useRefusal()
  return <TextInput error={error ?? refusal(field)} {...rest} />
}
