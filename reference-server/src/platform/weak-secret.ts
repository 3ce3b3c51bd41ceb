/** Fewer different characters than that are a pattern. */
const DIFFERENT = 8

/** What stands in examples and in what people type first. */
const PLACEHOLDERS =
  /change.?(me|this|it)|replace.?(me|this)|your.?secret|my.?secret|example|password|known to everybody|1234567|qwerty/i

/** Passwords that images, tutorials and our own examples begin with. */
const DEFAULT_PASSWORDS = new Set([
  'postgres',
  'postgresql',
  'password',
  'secret',
  'chatdesk',
  'changeme',
  'admin',
  'root',
  'test',
  '123456',
  '12345678',
])

/** Whether a secret is one that others would try (threat 92). */
export function isWeakSecret(secret: string): boolean {
  return new Set(secret).size < DIFFERENT || PLACEHOLDERS.test(secret)
}

/** Whether a password is one that comes with something. */
export function isDefaultPassword(password: string): boolean {
  return DEFAULT_PASSWORDS.has(password.toLowerCase())
}
