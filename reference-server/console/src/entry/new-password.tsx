import { PasswordInput } from '@mantine/core'

/** The least that a password is long; the server refuses the commonest ones as well. */
const PASSWORD_LENGTH = 12

/** Asks for a password that is not one yet. */
export function NewPassword({ label = 'Password', name = 'password' }: { label?: string; name?: string }) {
  return (
    <PasswordInput
      label={label}
      name={name}
      description={`At least ${PASSWORD_LENGTH} characters; a few words are easier to keep than a riddle.`}
      autoComplete="new-password"
      required
      withAsterisk={false}
      minLength={PASSWORD_LENGTH}
      maxLength={256}
      visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
    />
  )
}
