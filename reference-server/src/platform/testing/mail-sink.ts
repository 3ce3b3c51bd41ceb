import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail as it came over the wire. */
export interface SunkMail {
  from: string
  to: string[]
  /** Headers and body, as they were sent. */
  raw: string
}

/** A mail server on this machine that keeps what it is given. */
export interface MailSink {
  url: string
  mails: SunkMail[]
  /** From now on every recipient is refused: for good by default, with a 4xx code for now. */
  refuse(code?: number): void
  /** Takes everybody again. */
  accept(): void
  /** Nobody listens any more. */
  stop(): Promise<void>
  /** Listens again, at the same address. */
  start(): Promise<void>
  close(): Promise<void>
}

export async function createMailSink(): Promise<MailSink> {
  const mails: SunkMail[] = []
  let refusal: number | undefined
  const serve = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onRcptTo(_address, _session, done) {
        done(refusal ? Object.assign(new Error('no such mailbox'), { responseCode: refusal }) : undefined)
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          const from = mailFrom === false ? '' : mailFrom.address
          mails.push({ from, to: rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() })
          done()
        })
      },
    })
  let server = serve()
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server.server, 'listening')
    return (server.server.address() as AddressInfo).port
  }
  const stop = () => new Promise<void>((resolve) => server.close(resolve))
  const port = await listen(0)
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse(code = 550) {
      refusal = code
    },
    accept() {
      refusal = undefined
    },
    stop,
    async start() {
      server = serve()
      await listen(port)
    },
    close: stop,
  }
}

/** Headers by name in lower case, unfolded. */
export function headersOf(mail: SunkMail): Map<string, string> {
  const [head = ''] = mail.raw.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
}

/** The parts of a mail in two forms, decoded, by their type. */
export function partsOf(mail: SunkMail): Record<string, string> {
  const boundary = /boundary="([^"]+)"/.exec(headersOf(mail).get('content-type') ?? '')?.[1] ?? ''
  const parts = mail.raw.split(`--${boundary}`).slice(1, -1)
  return Object.fromEntries(
    parts.map((part) => {
      const [head = '', ...body] = part.replace(/^\r\n/, '').split('\r\n\r\n')
      const text = body.join('\r\n\r\n')
      const type = /content-type: ([^;\r\n]+)/i.exec(head)?.[1] ?? ''
      return [
        type,
        /quoted-printable/i.test(head)
          ? fromQuotedPrintable(text)
          : /base64/i.test(head)
            ? Buffer.from(text, 'base64').toString()
            : text,
      ]
    }),
  )
}

function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
