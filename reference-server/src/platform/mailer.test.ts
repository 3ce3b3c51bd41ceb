import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSmtpMailer, isMailFrom, mailFailure } from './mailer.js'
import { createMailSink, headersOf, type MailSink, partsOf } from './testing/mail-sink.js'

const FROM = 'ChatDesk <help@chat.example>'
const MAIL = { to: 'new@acme.test', subject: 'Grüße', text: 'Hello ✓\n', html: '<p>Hello ✓</p>\n' }

let sink: MailSink
beforeEach(async () => {
  sink = await createMailSink()
})
afterEach(() => sink.close())

it('sends to one person, from the address that was set, in both forms', async () => {
  await createSmtpMailer({ smtpUrl: sink.url, from: FROM }).send(MAIL)
  const [mail] = sink.mails
  if (!mail) throw new Error('nothing came')
  expect(mail).toMatchObject({ from: 'help@chat.example', to: ['new@acme.test'] })
  const headers = headersOf(mail)
  expect(headers.get('from')).toBe('ChatDesk <help@chat.example>')
  expect(headers.get('to')).toBe('new@acme.test')
  expect(headers.get('content-type')).toMatch(/^multipart\/alternative;/)
  const parts = partsOf(mail)
  expect(Object.keys(parts)).toEqual(['text/plain', 'text/html'])
  expect(parts['text/plain']).toContain('Hello ✓')
  expect(parts['text/html']).toContain('<p>Hello ✓</p>')
})

it.each([
  '\r\nBcc: victim@acme.test',
  '\nBcc: victim@acme.test\n\nbody',
  '\r\n\r\n<script>',
  '\u2028Bcc: victim@acme.test',
])('what stands in a subject or an address writes no header: %j', async (attack) => {
  const mailer = createSmtpMailer({ smtpUrl: sink.url, from: FROM })
  await mailer.send({ ...MAIL, subject: `Hello${attack}` })
  await mailer.send({ ...MAIL, to: `new@acme.test${attack}` }).catch(() => {})
  for (const mail of sink.mails) {
    expect(headersOf(mail).has('bcc')).toBe(false)
    expect(mail.to).not.toContain('victim@acme.test')
    expect(Object.keys(partsOf(mail))).toEqual(['text/plain', 'text/html'])
  }
  expect(sink.mails.length).toBeGreaterThan(0)
})

it('what looks like a file or an address to fetch stays text', async () => {
  await createSmtpMailer({ smtpUrl: sink.url, from: FROM }).send({ ...MAIL, text: 'file:///etc/passwd' })
  expect(sink.mails[0]?.raw).toContain('file:///etc/passwd')
})

it('rejects when the mail is not taken, and says of it neither address nor content', async () => {
  sink.refuse()
  const error = await createSmtpMailer({ smtpUrl: sink.url, from: FROM })
    .send(MAIL)
    .catch((reason) => reason)
  expect(mailFailure(error)).toEqual({ reason: 'EENVELOPE 550' })
  const nowhere = await createSmtpMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: FROM })
    .send(MAIL)
    .catch((reason) => reason)
  expect(mailFailure(nowhere).reason).toMatch(/^E[A-Z]+$/)
})

it('knows an address that mail can come from', () => {
  for (const good of ['a@b.test', 'ChatDesk <a@b.test>', 'Ünï Cödé & Co. <a@b.test>'])
    expect(isMailFrom(good)).toBe(true)
  for (const bad of ['', 'a', 'a@b.test, c@d.test', 'x\r\nBcc: y <a@b.test>', 'Name a@b.test', '<a@b.test', 'a@b@c'])
    expect(isMailFrom(bad)).toBe(false)
})
