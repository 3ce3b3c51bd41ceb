/** How the body of an event is written. */
export type BodyStyle = 'php' | 'compact'

/**
 * The bytes of an event, once for all its deliveries. In the style `php` slashes are escaped and what is no ASCII goes as `\uXXXX`:
 * whoever parses it and serialises it again gets other bytes, and a signature that does not fit.
 */
export function serialise(event: unknown, style: BodyStyle): string {
  const text = JSON.stringify(event)
  if (style === 'compact') return text
  return text
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
