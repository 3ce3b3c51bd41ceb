import { readFileSync } from 'node:fs'
import express from 'express'
import { expect, it } from 'vitest'
import { readConfig, VARIABLES } from './config.js'

const NEW_SECRET = 'Zt3vQ9mK1xW7rB5nY8pL2dH6fJ4cS0gAeUiO'
const OLD_SECRET = 'kD8sV2hN6bX4qT0zM9wF3yR7jC1lP5gEuIoA'

it('the demo needs nothing', () => {
  expect(readConfig({ CHATDESK_DEMO: '1' })).toEqual({
    ok: true,
    config: {
      port: 3001,
      host: '127.0.0.1',
      database: { dataDir: '.chatdesk' },
      redisUrl: undefined,
      redisHintSecret: undefined,
      publicUrl: undefined,
      mail: undefined,
      secrets: [expect.stringMatching(/^.{32,}$/)],
      files: { directory: '.chatdesk/files' },
      model: undefined,
      embeddings: undefined,
      demo: 'full',
      trustProxy: undefined,
      geoHeaders: { country: undefined, city: undefined },
      logLevel: 'warn',
    },
  })
})

it('takes a demo in which people answer', () => {
  expect(readConfig({ CHATDESK_DEMO: 'bare' })).toMatchObject({ config: { demo: 'bare', host: '127.0.0.1' } })
  expect(readConfig({ CHATDESK_DEMO: 'bare', HOST: '0.0.0.0' })).toMatchObject({ ok: false })
})

it('reads everything, and takes an empty variable for one that is not set', () => {
  const variables = {
    PORT: '0',
    HOST: '::',
    DATABASE_URL: 'postgresql://u:p@db.test/chat',
    REDIS_URL: 'rediss://u:p@cache.test:6380',
    REDIS_HINT_SECRET: 'sixteen letters!',
    CHATDESK_DATA_DIR: '',
    CHATDESK_PUBLIC_URL: 'https://chat.example.com',
    CHATDESK_SECRET: `${NEW_SECRET}, ${OLD_SECRET}`,
    CHATDESK_TRUST_PROXY: '1',
    SMTP_URL: 'smtp://u:p@mail.test:587',
    MAIL_FROM: 'ChatDesk <help@chat.example.com>',
    CHATDESK_ASSISTANT_MODEL: 'small',
    CHATDESK_ASSISTANT_PRICE: '0.15/0.6 USD',
    CHATDESK_EMBEDDING_MODEL: 'near',
    CHATDESK_EMBEDDING_AT_LEAST: '0.8',
    OPENAI_API_KEY: 'sk-1',
    OPENAI_BASE_URL: 'https://models.example.com/v1',
    CHATDESK_RAZORPAY_URL: 'http://127.0.0.1:4800',
    GEO_COUNTRY_HEADER: 'cf-ipcountry',
    GEO_CITY_HEADER: 'cf-ipcity',
    LOG_LEVEL: 'debug',
    UNRELATED: 'x',
  }
  expect(readConfig(variables)).toEqual({
    ok: true,
    config: {
      port: 0,
      host: '::',
      database: { url: 'postgresql://u:p@db.test/chat' },
      redisUrl: 'rediss://u:p@cache.test:6380',
      redisHintSecret: 'sixteen letters!',
      publicUrl: 'https://chat.example.com',
      mail: { smtpUrl: 'smtp://u:p@mail.test:587', from: 'ChatDesk <help@chat.example.com>' },
      secrets: [NEW_SECRET, OLD_SECRET],
      files: undefined,
      razorpayUrl: 'http://127.0.0.1:4800',
      model: { model: 'small', apiKey: 'sk-1', baseUrl: 'https://models.example.com/v1' },
      embeddings: { model: 'near', apiKey: 'sk-1', baseUrl: 'https://models.example.com/v1', atLeast: 0.8 },
      modelPrice: { prompt: 0.15, completion: 0.6, currency: 'USD' },
      demo: null,
      trustProxy: 1,
      geoHeaders: { country: 'cf-ipcountry', city: 'cf-ipcity' },
      logLevel: 'debug',
    },
  })
})

it('hints between processes need a database that several may use', () => {
  expect(readConfig({ CHATDESK_DEMO: '1', REDIS_URL: 'redis://cache.test' })).toEqual({
    ok: false,
    reason: expect.stringMatching(/^REDIS_URL: needs DATABASE_URL/),
  })
})

it('mail needs a server, a sender, and an address for the links in it', () => {
  const SMTP_URL = 'smtp://mail.test'
  const MAIL_FROM = 'help@chat.example.com'
  const CHATDESK_PUBLIC_URL = 'https://chat.example.com'
  for (const [variables, missing] of [
    [{ SMTP_URL, CHATDESK_PUBLIC_URL }, 'MAIL_FROM'],
    [{ MAIL_FROM, CHATDESK_PUBLIC_URL }, 'SMTP_URL'],
    [{ SMTP_URL, MAIL_FROM }, 'CHATDESK_PUBLIC_URL'],
  ] as const)
    expect(readConfig({ CHATDESK_DATA_DIR: 'here', ...variables })).toEqual({
      ok: false,
      reason: expect.stringMatching(new RegExp(`^${missing}: missing`)),
    })
})

it('threat 92: the embedded database outside the demo is a decision, not an oversight', () => {
  expect(readConfig({})).toEqual({ ok: false, reason: expect.stringMatching(/^DATABASE_URL: missing/) })
  expect(readConfig({ CHATDESK_DATA_DIR: 'here' })).toMatchObject({
    ok: true,
    config: { host: '0.0.0.0', database: { dataDir: 'here' } },
  })
})

it.each(['http://chat.example.com', 'ws://chat.example.com', 'http://127.0.0.1.example.com', 'chat.example.com'])(
  'threat 41: people do not reach the server at %s',
  (url) => {
    const result = readConfig({ CHATDESK_DATA_DIR: 'here', CHATDESK_PUBLIC_URL: url })
    expect(result).toEqual({ ok: false, reason: expect.stringMatching(/^CHATDESK_PUBLIC_URL: must be /) })
  },
)

it.each(['https://chat.example.com/chat', 'http://localhost:3001', 'http://127.0.0.1:3001', 'http://[::1]:3001'])(
  'threat 41: but they may at %s',
  (url) => {
    expect(readConfig({ CHATDESK_DATA_DIR: 'here', CHATDESK_PUBLIC_URL: url })).toMatchObject({ ok: true })
  },
)

it.each(['0.0.0.0', '::', '192.168.1.5', 'example.com', '127.0.0.1.example.com'])(
  'the demo, whose passwords everybody knows, does not listen on %s',
  (host) => {
    expect(readConfig({ CHATDESK_DEMO: '1', HOST: host })).toEqual({
      ok: false,
      reason: expect.stringMatching(/^HOST: /),
    })
  },
)

it.each(['2', 'loopback', '10.0.0.1, 10.1.0.0/16', '::1,fd00::/8'])('believes the proxies %s', (value) => {
  expect(readConfig({ CHATDESK_DATA_DIR: 'here', CHATDESK_TRUST_PROXY: value })).toMatchObject({ ok: true })
  expect(() => express().set('trust proxy', value === '2' ? 2 : value)).not.toThrow()
})

it('believes no geo header where no proxy is trusted: any visitor could write it', () => {
  for (const name of ['GEO_COUNTRY_HEADER', 'GEO_CITY_HEADER'])
    expect(readConfig({ CHATDESK_DATA_DIR: 'here', [name]: 'cf-ipcountry' })).toEqual({
      ok: false,
      reason: expect.stringMatching(/^CHATDESK_TRUST_PROXY: missing/),
    })
})

it.each([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', '30.5'],
  ['DATABASE_URL', 'mysql://u:very-secret@db.test/chat'],
  ['DATABASE_URL', 'very-secret'],
  ['REDIS_URL', 'http://u:very-secret@cache.test'],
  ['REDIS_HINT_SECRET', 'very-secret'],
  ['SMTP_URL', 'http://u:very-secret@mail.test'],
  ['SMTP_URL', 'smtp://u:very-secret@mail.test/path'],
  ['SMTP_URL', 'smtp://u:very-secret%zz@mail.test'],
  ['SMTP_URL', 'smtp://u:very-secret@mail.test?tls.rejectUnauthorized=false'],
  ['MAIL_FROM', 'very-secret'],
  ['CHATDESK_MAIL_REPLY_TO', 'very-secret'],
  ['MAIL_FROM', 'a@b.test, c@d.test'],
  ['CHATDESK_SECRET', 'very-secret'],
  ['CHATDESK_SECRET', `${'long enough '.repeat(3)},very-secret`],
  ['CHATDESK_DEMO', 'yes'],
  ['LOG_LEVEL', 'loud'],
  ['CHATDESK_TRUST_PROXY', 'true'],
  ['CHATDESK_TRUST_PROXY', '10.0.0.0/33'],
  ['CHATDESK_TRUST_PROXY', '10.0.0.1,,'],
  ['GEO_COUNTRY_HEADER', 'cf ipcountry'],
])('%s=%s is one line that names the variable and repeats no value', (name, value) => {
  const result = readConfig({ CHATDESK_DATA_DIR: 'here', [name]: value })
  expect(result).toEqual({ ok: false, reason: expect.stringMatching(new RegExp(`^${name}: .+$`)) })
  expect(JSON.stringify(result)).not.toContain('very-secret')
})

it('keeps files in a folder, or in a bucket whose keys it is given', () => {
  const base = { DATABASE_URL: 'postgres://u:p@db.test/chat', CHATDESK_SECRET: NEW_SECRET }
  const filesOf = (more: Record<string, string>) => {
    const result = readConfig({ ...base, ...more })
    return result.ok ? result.config.files : result.reason
  }
  const bucket = { CHATDESK_FILES: 'https://s3.test/files' }
  const keys = { CHATDESK_FILES_ACCESS_KEY_ID: 'id', CHATDESK_FILES_SECRET_ACCESS_KEY: 'key of the bucket' }
  expect(filesOf({})).toBeUndefined()
  expect(filesOf({ CHATDESK_FILES: '/srv/files' })).toEqual({ directory: '/srv/files' })
  expect(filesOf({ DATABASE_URL: '', CHATDESK_DATA_DIR: 'data' })).toEqual({ directory: 'data/files' })
  expect(filesOf({ DATABASE_URL: '', CHATDESK_DATA_DIR: 'data', CHATDESK_SECRET: '' })).toBeUndefined()
  expect(filesOf({ ...bucket, ...keys })).toEqual({
    url: 'https://s3.test/files',
    region: 'us-east-1',
    accessKeyId: 'id',
    secretAccessKey: 'key of the bucket',
  })
  expect(filesOf(bucket)).toMatch(/^CHATDESK_FILES_ACCESS_KEY_ID/)
  expect(filesOf({ CHATDESK_FILES: '/srv/files', CHATDESK_SECRET: '' })).toMatch(/^CHATDESK_SECRET: missing/)
  for (const url of ['http://s3.test/files', 'https://id:key@s3.test/files', 'https://'])
    expect(filesOf({ ...keys, CHATDESK_FILES: url })).toMatch(/^CHATDESK_FILES: must be/)
})

it('.env.example lists every variable, and none that nobody reads', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  const listed = [...example.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(listed.sort()).toEqual([...VARIABLES].sort())
})

it.each<[string, Record<string, string>, object | undefined]>([
  ['a key alone switches nothing on', { OPENAI_API_KEY: 'sk-1' }, undefined],
  [
    'a server of its own needs no key',
    { CHATDESK_ASSISTANT_MODEL: 'm', OPENAI_BASE_URL: 'http://models:11434/v1' },
    { model: 'm', apiKey: undefined, baseUrl: 'http://models:11434/v1' },
  ],
  [
    'a key goes to this machine by http',
    { CHATDESK_ASSISTANT_MODEL: 'm', OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' },
    { model: 'm', apiKey: 'k', baseUrl: 'http://127.0.0.1:1/v1' },
  ],
])('the model of the assistant: %s', (_name, variables, model) => {
  expect(readConfig({ CHATDESK_DEMO: '1', ...variables })).toMatchObject({ ok: true, config: { model } })
})

it('finds knowledge by its meaning where a model is named for it, with or without one for answers', () => {
  const alone = { CHATDESK_DEMO: '1', CHATDESK_EMBEDDING_MODEL: 'near', OPENAI_API_KEY: 'k' }
  expect(readConfig(alone)).toMatchObject({
    config: { model: undefined, embeddings: { model: 'near', apiKey: 'k', baseUrl: undefined, atLeast: undefined } },
  })
  const other = { CHATDESK_DEMO: '1', CHATDESK_ASSISTANT_MODEL: 'm', OPENAI_API_KEY: 'k' }
  expect(readConfig(other)).toMatchObject({ config: { model: { model: 'm' }, embeddings: undefined } })
})

it.each(['0.15', '0.15/0.6', '-1/2 USD', '0.15/0.6 $', '0.15/0.6 usd', '1e3/2 USD', '0.15/0.6 USD '])(
  'a price is two numbers and a currency, which %j is not',
  (price) => {
    const result = readConfig({ CHATDESK_DEMO: '1', CHATDESK_ASSISTANT_PRICE: price })
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(/^CHATDESK_ASSISTANT_PRICE: must be/) })
  },
)

it.each<[string, Record<string, string>]>([
  ['OPENAI_API_KEY', { CHATDESK_ASSISTANT_MODEL: 'm' }],
  ['OPENAI_API_KEY', { CHATDESK_EMBEDDING_MODEL: 'm' }],
  ['CHATDESK_EMBEDDING_MODEL', { CHATDESK_EMBEDDING_AT_LEAST: '0.5', OPENAI_API_KEY: 'sk-1' }],
  ['CHATDESK_EMBEDDING_MODEL', { CHATDESK_EMBEDDING_MODEL: 'm'.repeat(201) }],
  ...['0', '1.1', '-1', 'much'].map((value): [string, Record<string, string>] => [
    'CHATDESK_EMBEDDING_AT_LEAST',
    { CHATDESK_EMBEDDING_MODEL: 'm', OPENAI_API_KEY: 'sk-1', CHATDESK_EMBEDDING_AT_LEAST: value },
  ]),
  [
    'OPENAI_BASE_URL',
    { CHATDESK_ASSISTANT_MODEL: 'm', OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://models.example.com/v1' },
  ],
  ['OPENAI_BASE_URL', { OPENAI_BASE_URL: 'https://me:sk-1@models.example.com/v1' }],
  ['OPENAI_BASE_URL', { OPENAI_BASE_URL: 'models.example.com' }],
  ['CHATDESK_ASSISTANT_MODEL', { CHATDESK_ASSISTANT_MODEL: 'm'.repeat(201) }],
])('threat 41: %s is refused, and no key is repeated', (name, variables) => {
  const result = readConfig({ CHATDESK_DEMO: '1', ...variables })
  expect(result).toEqual({ ok: false, reason: expect.stringMatching(`^${name}: `) })
  expect(JSON.stringify(result)).not.toContain('sk-1')
})
