import { type DestinationStream, pino } from 'pino'

/** Structured log: fields first, then a sentence. */
export interface Logger {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
}

const SECRET_FIELDS = [
  'token',
  'visitorToken',
  'sendToken',
  'secret',
  'secrets',
  'hash',
  'ticket',
  'password',
  'passwordHash',
  'csrfToken',
  'cookie',
  'authorization',
  'link',
]

/** Writes JSON lines. Whatever is named like a secret is blotted out, one level deep as well (threat 40). */
export function createLogger(options: { level?: string; destination?: DestinationStream } = {}): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: null,
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    },
    options.destination ?? pino.destination(1),
  )
}

/** Writes nothing: the default of a mounted server, whose host has a log of its own. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
