import { ChatError } from '@chatdesk/protocol'

/**
 * The server's mount point without a slash at its end. Threat 41: what people write does not travel in the clear,
 * so plain `http:` is refused but for this machine itself.
 */
export function serverUrl(text: string): string {
  let url: URL
  try {
    url = new URL(text)
  } catch (cause) {
    throw new ChatError('VALIDATION_FAILED', `${text} is no absolute address`, { cause, field: 'url' })
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new ChatError('FORBIDDEN', `${text} is not https:`, { field: 'url' })
  return url.origin + url.pathname.replace(/\/+$/, '')
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
