import type { IncomingMessage, ServerResponse } from 'node:http'

/** The most that a body may have, in bytes. */
const MOST = 1024 * 1024

/** A body that is larger than it may be. */
export class BodyTooLarge extends Error {}

/** Reads a body whole, as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).length
    if (size > MOST) throw new BodyTooLarge('The body is larger than 1 MiB.')
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json', JSON.stringify(body))
}

/** Answers with a text. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(body)
  const charset = contentType.startsWith('text/') ? '; charset=utf-8' : ''
  response.writeHead(status, { 'content-type': contentType + charset, 'content-length': bytes.length, ...headers })
  response.end(bytes)
}

/** Whether a call is for this machine by name too: another name that leads here is a page that should not get in. */
export function isForLoopback(request: IncomingMessage): boolean {
  const host = request.headers.host?.replace(/:\d+$/, '')
  return host === '127.0.0.1' || host === 'localhost' || host === '[::1]'
}

/** Whether a browser sends this from a page of another origin. */
export function isFromElsewhere(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  return origin !== undefined && origin !== `http://${host}`
}
