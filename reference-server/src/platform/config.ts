import { isIP } from 'node:net'
import { join } from 'node:path'
import * as z from 'zod'
import type { EmbeddingOptions, ModelOptions, ModelPrice } from '../assistant/index.js'
import type { S3Options } from '../files/storage/s3-storage.js'
import { isMailFrom, type MailerOptions } from './mailer.js'
import { SERVER_SECRET_LENGTH } from './sealed.js'
import { isDefaultPassword, isWeakSecret } from './weak-secret.js'

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '::1', '[::1]'])

/** Whether a host name or address can be reached from this machine only. */
function isLoopback(host: string): boolean {
  return LOOPBACK_HOSTS.has(host) || /^127(\.\d{1,3}){3}$/.test(host)
}

/** Whether Express takes it for `trust proxy`: a number of hops, or addresses, networks and their names. */
function isTrustProxy(value: string): boolean {
  if (/^\d+$/.test(value)) return true
  return value.split(',').every((part) => {
    const entry = part.trim()
    if (['loopback', 'linklocal', 'uniquelocal'].includes(entry)) return true
    const [address = '', bits = '0', ...more] = entry.split('/')
    const version = isIP(address)
    return version !== 0 && /^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128) && more.length === 0
  })
}

/** Whether it names a host, and user and password can be read. */
function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { hostname, username, password, pathname, search, hash } = new URL(value)
  if (hostname === '' || !['', '/'].includes(pathname) || search || hash) return false
  try {
    decodeURIComponent(username + password)
    return true
  } catch {
    return false
  }
}
/** Whether it names a bucket: https, but to this machine, and nothing in it is a key. */
function isBucketUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname, username, password, search, hash } = new URL(value)
  return (protocol === 'https:' || isLoopback(hostname)) && !username && !password && !search && !hash
}

/** Whether it names a place and holds no key. */
function isModelUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password, search, hash } = new URL(value)
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash
}

/** Everybody knows it, like the demo's passwords. */
const DEMO_SECRET = 'chatdesk demo: known to everybody'

/** `full`: its widget knows what its company offers, and the assistant answers; `bare`: people do. */
export type DemoKind = 'full' | 'bare'

const DEMO_KINDS = { 0: null, 1: 'full', bare: 'bare' } as const
const demoKind = z
  .enum(['0', '1', 'bare'])
  .default('0')
  .transform((value): DemoKind | null => DEMO_KINDS[value])

/** `0.15/0.60 USD`. */
const PRICE = /^(\d{1,6}(?:\.\d{1,6})?)\/(\d{1,6}(?:\.\d{1,6})?) ([A-Z]{3})$/

const headerName = z
  .string()
  .regex(/^[\w-]{1,64}$/, 'must be the name of a header')
  .optional()

/** An environment variable that is set to nothing is not set. */
const environment = z.object({
  PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0, 'must be 0 to 65535')
    .max(65535, 'must be 0 to 65535')
    .default(3001),
  HOST: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' }).optional(),
  REDIS_HINT_SECRET: z.string().min(16, 'must have 16 characters or more').optional(),
  CHATDESK_DATA_DIR: z.string().optional(),
  CHATDESK_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s):// address' })
    // Threat 41: a token sent over plain http is everybody's.
    .refine(
      (url) => url.startsWith('https:') || (URL.canParse(url) && isLoopback(new URL(url).hostname)),
      'must be https, unless it is a loopback address',
    )
    .optional(),
  CHATDESK_SECRET: z
    .string()
    .transform((value) => value.split(',').map((secret) => secret.trim()))
    .refine(
      (secrets) => secrets.every(({ length }) => length >= SERVER_SECRET_LENGTH),
      `must have ${SERVER_SECRET_LENGTH} characters or more, each of them where commas stand between several`,
    )
    .optional(),
  CHATDESK_FILES: z
    .string()
    .refine(
      (value) => !/^https?:/.test(value) || isBucketUrl(value),
      'must be a folder, or the https:// address of a bucket',
    )
    .optional(),
  CHATDESK_FILES_REGION: z.string().default('us-east-1'),
  CHATDESK_FILES_ACCESS_KEY_ID: z.string().optional(),
  CHATDESK_FILES_SECRET_ACCESS_KEY: z.string().optional(),
  CHATDESK_DEMO: demoKind,
  CHATDESK_TRUST_PROXY: z
    .string()
    .refine(isTrustProxy, 'must be a number of hops, or addresses and networks with commas between')
    .optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' })
    .refine(isSmtpUrl, 'must be smtp://user:password@host:port, each part written as in an address')
    .optional(),
  MAIL_FROM: z.string().refine(isMailFrom, 'must be one e-mail address, or Name <address>').optional(),
  CHATDESK_MAIL_REPLY_TO: z.string().refine(isMailFrom, 'must be one e-mail address, or Name <address>').optional(),
  CHATDESK_ASSISTANT_MODEL: z.string().max(200, 'must have 200 characters or fewer').optional(),
  CHATDESK_ASSISTANT_PRICE: z
    .string()
    .regex(PRICE, 'must be what a million tokens of prompts and of completions cost, as 0.15/0.60 USD')
    .optional(),
  CHATDESK_EMBEDDING_MODEL: z.string().max(200, 'must have 200 characters or fewer').optional(),
  CHATDESK_EMBEDDING_AT_LEAST: z.coerce
    .number('must be a number')
    .gt(0, 'must be more than 0')
    .max(1, 'must be 1 or less')
    .optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.string().refine(isModelUrl, 'must be an http(s):// address without a password in it').optional(),
  CHATDESK_RAZORPAY_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s):// address' }).optional(),
  GEO_COUNTRY_HEADER: headerName,
  GEO_CITY_HEADER: headerName,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
})

/** Names of all variables that are read as configuration. */
export const VARIABLES: readonly string[] = Object.keys(environment.shape)

/** What is not safe, although it can be read (threat 92); undefined: nothing. The demo is, as long as only this machine has it. */
function unsafePart(given: Record<string, string | undefined>, demo: DemoKind | null): string | undefined {
  if (demo)
    return given.NODE_ENV === 'production'
      ? 'CHATDESK_DEMO: the demo has known passwords, and does not run where NODE_ENV is production'
      : undefined
  const secrets = VARIABLES.filter((name) => name.endsWith('SECRET'))
  // Of several, with commas between them, each opens what it has sealed.
  const weak = secrets.find((name) => given[name]?.split(',').some((secret) => isWeakSecret(secret.trim())))
  if (weak) return `${weak}: can be guessed; make one with: openssl rand -base64 32`
  const { hostname, password } = new URL(given.DATABASE_URL ?? 'postgres://localhost')
  if (!isLoopback(hostname) && isDefaultPassword(password))
    return 'DATABASE_URL: has a password that everybody tries first, at an address that others may reach'
  return undefined
}

/** What the standalone server runs by. */
export interface Config {
  port: number
  host: string
  database: { url: string } | { dataDir: string }
  /** Carries hints between nodes. */
  redisUrl: string | undefined
  redisHintSecret: string | undefined
  publicUrl: string | undefined
  /** How mail to members is sent. */
  mail: MailerOptions | undefined
  /** Seal what must be read again: the first seals, all of them open. None: nothing can be sealed. */
  secrets: string[]
  /** Where files are kept; undefined: nowhere, and none are taken. */
  files: { directory: string } | S3Options | undefined
  /** Which model puts the assistant's answers in words; undefined: none does. */
  model: ModelOptions | undefined
  /** What that costs; undefined: nobody has said it. */
  modelPrice: ModelPrice | undefined
  /** By which model knowledge is found that has none of a question's words; undefined: by its words alone. */
  embeddings: EmbeddingOptions | undefined
  /** A simulator in the place of Razorpay; undefined: Razorpay itself. */
  razorpayUrl: string | undefined
  /** Null: none. */
  demo: DemoKind | null
  /** As Express's `trust proxy`: a number of hops, or addresses. */
  trustProxy: number | string | undefined
  /** Headers of the proxy that tell where a visitor is. */
  geoHeaders: { country: string | undefined; city: string | undefined }
  logLevel: string
}

/** A configuration, or one line that says what is wrong. */
export type ConfigResult = { ok: true; config: Config } | { ok: false; reason: string }

/** Where mail goes, if anywhere, or what is missing for it. */
function readMail(given: z.output<typeof environment>): { options: MailerOptions | undefined } | { reason: string } {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, CHATDESK_MAIL_REPLY_TO: replyTo, CHATDESK_PUBLIC_URL: publicUrl } = given
  if (smtpUrl === undefined && from === undefined) return { options: undefined }
  if (smtpUrl === undefined) return { reason: 'SMTP_URL: missing; mail needs it beside MAIL_FROM' }
  if (from === undefined) return { reason: 'MAIL_FROM: missing; mail needs it beside SMTP_URL' }
  if (publicUrl === undefined) return { reason: 'CHATDESK_PUBLIC_URL: missing; links in mails begin with it' }
  return { options: { smtpUrl, from, ...(replyTo === undefined ? {} : { replyTo }) } }
}

/** Where files are kept. Only the embedded database has a folder beside it that is known to be this server's alone. */
function readFiles(given: z.output<typeof environment>): { options: Config['files'] } | { reason: string } {
  const { CHATDESK_FILES: place, CHATDESK_DATA_DIR: dataDir, DATABASE_URL: url, CHATDESK_DEMO: demo } = given
  const [accessKeyId, secretAccessKey] = [given.CHATDESK_FILES_ACCESS_KEY_ID, given.CHATDESK_FILES_SECRET_ACCESS_KEY]
  const hasSecret = given.CHATDESK_SECRET !== undefined || demo !== null
  if (place !== undefined && !hasSecret) return { reason: 'CHATDESK_SECRET: missing; it signs the links to files' }
  if (place === undefined) {
    const beside = url === undefined && hasSecret
    return { options: beside ? { directory: join(dataDir ?? '.chatdesk', 'files') } : undefined }
  }
  if (!/^https?:/.test(place)) return { options: { directory: place } }
  if (accessKeyId === undefined || secretAccessKey === undefined)
    return { reason: 'CHATDESK_FILES_ACCESS_KEY_ID, CHATDESK_FILES_SECRET_ACCESS_KEY: missing; a bucket needs both' }
  return { options: { url: place, region: given.CHATDESK_FILES_REGION, accessKeyId, secretAccessKey } }
}

/** The assistant's models. A key alone switches none on: visitors' questions go nowhere that nobody has named. */
function readModels(
  given: z.output<typeof environment>,
): { options: Pick<Config, 'model' | 'embeddings'> } | { reason: string } {
  const { CHATDESK_ASSISTANT_MODEL: model, OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = given
  const { CHATDESK_EMBEDDING_MODEL: embeddingModel, CHATDESK_EMBEDDING_AT_LEAST: atLeast } = given
  if (embeddingModel === undefined && atLeast !== undefined)
    return { reason: 'CHATDESK_EMBEDDING_MODEL: missing; CHATDESK_EMBEDDING_AT_LEAST needs it' }
  const named = model !== undefined ? 'CHATDESK_ASSISTANT_MODEL' : 'CHATDESK_EMBEDDING_MODEL'
  if (model === undefined && embeddingModel === undefined) return { options: { model, embeddings: undefined } }
  if (apiKey === undefined && baseUrl === undefined)
    return { reason: `OPENAI_API_KEY: missing; ${named} needs it, or OPENAI_BASE_URL` }
  // Threat 41: a key sent over plain http is everybody's.
  if (apiKey !== undefined && baseUrl?.startsWith('http:') && !isLoopback(new URL(baseUrl).hostname))
    return {
      reason: 'OPENAI_BASE_URL: must be https where there is an OPENAI_API_KEY, unless it is a loopback address',
    }
  return {
    options: {
      model: model === undefined ? undefined : { model, apiKey, baseUrl },
      embeddings: embeddingModel === undefined ? undefined : { model: embeddingModel, apiKey, baseUrl, atLeast },
    },
  }
}

/** The pattern has read it before. */
function readPrice({ CHATDESK_ASSISTANT_PRICE: price }: z.output<typeof environment>): ModelPrice | undefined {
  const [, prompt, completion, currency] = PRICE.exec(price ?? '') ?? []
  return currency === undefined ? undefined : { prompt: Number(prompt), completion: Number(completion), currency }
}

/** What does not go together, or goes with something that is missing. */
function missingPart(given: z.output<typeof environment>, host: string): string | undefined {
  const { CHATDESK_DEMO, DATABASE_URL, CHATDESK_DATA_DIR, REDIS_URL, CHATDESK_TRUST_PROXY } = given
  if (CHATDESK_DEMO && !isLoopback(host))
    return 'HOST: the demo has known passwords and listens on a loopback address only'
  if (!CHATDESK_DEMO && DATABASE_URL === undefined && CHATDESK_DATA_DIR === undefined)
    return 'DATABASE_URL: missing; or set CHATDESK_DATA_DIR to use the embedded database, which does not survive a power loss'
  if (REDIS_URL !== undefined && DATABASE_URL === undefined)
    return 'REDIS_URL: needs DATABASE_URL; the embedded database belongs to one process'
  if (CHATDESK_TRUST_PROXY === undefined && (given.GEO_COUNTRY_HEADER || given.GEO_CITY_HEADER))
    return 'CHATDESK_TRUST_PROXY: missing; a geo header is believed of a trusted proxy only'
  return undefined
}

/** Reads the environment. The values themselves are not repeated in the reason: an address may hold a password. */
export function readConfig(variables: Record<string, string | undefined>): ConfigResult {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''))
  const result = environment.safeParse(given)
  if (!result.success) {
    const [issue] = result.error.issues
    return { ok: false, reason: `${issue?.path.join('.')}: ${issue?.message}` }
  }
  const unsafe = unsafePart(given, result.data.CHATDESK_DEMO)
  if (unsafe) return { ok: false, reason: unsafe }
  const { PORT, HOST, DATABASE_URL, CHATDESK_DATA_DIR, CHATDESK_PUBLIC_URL, CHATDESK_DEMO, LOG_LEVEL } = result.data
  const host = HOST ?? (CHATDESK_DEMO ? '127.0.0.1' : '0.0.0.0')
  const missing = missingPart(result.data, host)
  if (missing) return { ok: false, reason: missing }
  const mail = readMail(result.data)
  if ('reason' in mail) return { ok: false, reason: mail.reason }
  const files = readFiles(result.data)
  if ('reason' in files) return { ok: false, reason: files.reason }
  const models = readModels(result.data)
  if ('reason' in models) return { ok: false, reason: models.reason }
  const hops = result.data.CHATDESK_TRUST_PROXY
  const geoHeaders = { country: result.data.GEO_COUNTRY_HEADER, city: result.data.GEO_CITY_HEADER }
  return {
    ok: true,
    config: {
      port: PORT,
      host,
      database: DATABASE_URL === undefined ? { dataDir: CHATDESK_DATA_DIR ?? '.chatdesk' } : { url: DATABASE_URL },
      redisUrl: result.data.REDIS_URL,
      redisHintSecret: result.data.REDIS_HINT_SECRET,
      publicUrl: CHATDESK_PUBLIC_URL,
      mail: mail.options,
      secrets: result.data.CHATDESK_SECRET ?? (CHATDESK_DEMO ? [DEMO_SECRET] : []),
      files: files.options,
      ...models.options,
      modelPrice: readPrice(result.data),
      razorpayUrl: result.data.CHATDESK_RAZORPAY_URL,
      demo: CHATDESK_DEMO,
      trustProxy: hops !== undefined && /^\d+$/.test(hops) ? Number(hops) : hops,
      geoHeaders,
      logLevel: LOG_LEVEL ?? (CHATDESK_DEMO ? 'warn' : 'info'),
    },
  }
}
