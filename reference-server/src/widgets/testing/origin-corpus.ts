/** What a widget allows, as it is stored: exact, with a port, an IDN, and below a host. */
export const ALLOWED_ENTRIES = [
  'https://example.com',
  'http://localhost:3001',
  'https://xn--mnchen-3ya.example',
  'https://*.example.org',
  'http://*.dev.example:8080',
  'https://*.xn--mnchen-3ya.test',
]

/** Origins that it lets in. */
export const LET_IN = [
  'https://example.com',
  'http://localhost:3001',
  'https://xn--mnchen-3ya.example',
  'https://a.example.org',
  'https://a.b.c.example.org',
  'https://www-2.example.org',
  'https://xn--mnchen-3ya.example.org',
  'https://example.org.example.org',
  'http://a.dev.example:8080',
  'http://a.b.dev.example:8080',
  'https://shop.xn--mnchen-3ya.test',
]

const exact = ['example.com', 'localhost', 'xn--mnchen-3ya.example']
const below = ['example.org', 'dev.example', 'xn--mnchen-3ya.test']

/** What looks alike, or is written as no browser writes it. */
function variantsOf(host: string): string[] {
  return [
    // Other hosts.
    `https://evil-${host}`,
    `http://evil-${host}`,
    `https://evil${host}`,
    `https://${host}.evil.test`,
    `https://${host}-evil.test`,
    `https://${host}evil`,
    `https://${host}%00.evil.test`,
    `https://${host}%2eevil.test`,
    `https://${host},https://evil.test`,
    `https://evil.test,https://${host}`,
    `https://evil.test https://${host}`,
    `https://evil.test/${host}`,
    `https://evil.test/.${host}`,
    `https://evil.test?${host}`,
    `https://evil.test#https://${host}`,
    `https://evil.test\\.${host}`,
    `https://evil.test%00.${host}`,
    // User information.
    `https://${host}@evil.test`,
    `https://${host}:443@evil.test`,
    `https://u@${host}`,
    `https://u:p@${host}`,
    // Another scheme, or another port.
    `ftp://${host}`,
    `file://${host}`,
    `ws://${host}`,
    `wss://${host}`,
    `javascript://${host}`,
    `data:https://${host}`,
    `blob:https://${host}`,
    `https://${host}:443`,
    `https://${host}:8443`,
    `https://${host}:80`,
    `https://${host}:03001`,
    `https://${host}:`,
    // More than an origin, or less.
    `https://${host}/`,
    `https://${host}/x`,
    `https://${host}?x`,
    `https://${host}#x`,
    `https://${host}.`,
    `https://.${host}`,
    `https://..${host}`,
    `https://*.${host}`,
    `https://a.*.${host}`,
    `https:/${host}`,
    `https:${host}`,
    `https:\\\\${host}`,
    `//${host}`,
    host,
    // Other spellings of the same.
    `HTTPS://${host}`,
    `https://${host.toUpperCase()}`,
    `https://${host.replace('.', '。')}`,
    `https://${host.replace('.', '%2e')}`,
    `https://${host.replace('e', '%65')}`,
    `https://${host}\tx`,
    `null,https://${host}`,
  ]
}

const keptOut = [
  ...exact.flatMap((host) => [...variantsOf(host), `https://sub.${host}`]),
  ...below.flatMap((host) => [
    // The host itself is not below itself.
    `https://${host}`,
    `https://a-${host}`,
    ...variantsOf(host),
    ...['https:', 'http:'].flatMap((scheme) => [
      `${scheme}//a.${host}.evil.test`,
      `${scheme}//a.evil${host}`,
      `${scheme}//a..${host}`,
      `${scheme}//a%2e${host}`,
      `${scheme}//A.${host}`,
      `${scheme}//a.${host}.`,
      `${scheme}//a.${host}:18080`,
      `${scheme}//u@a.${host}`,
      `${scheme}//a.${host}@evil.test`,
    ]),
  ]),
  'http://example.com',
  'https://localhost:3001',
  'http://localhost',
  'http://localhost:30010',
  'http://localhost:03001',
  'http://127.0.0.1:3001',
  'http://[::1]:3001',
  'http://xn--mnchen-3ya.example',
  'https://münchen.example',
  'https://mu\u0308nchen.example',
  'https://XN--MNCHEN-3YA.example',
  'https://a.münchen.test',
  'http://a.example.org',
  'http://a.example.org:8080',
  'https://a.dev.example:8080',
  'http://a.dev.example',
  'http://a.dev.example:8081',
  'https://org',
  'https://*',
  '*',
  'null',
  'undefined',
  'about:blank',
  'chrome-extension://abcdefgh',
  'https://',
  'https://127.0.0.1',
  `https://${'a.'.repeat(4_000)}example.org`,
]

/** Origins that it keeps out, as a client can send them in a header (threat 14); each once. */
export const KEPT_OUT: readonly string[] = [...new Set(keptOut)]
