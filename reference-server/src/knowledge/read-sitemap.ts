/** Of one file; the protocol of sitemaps allows as many. */
const MOST_ADDRESSES = 50_000

/** What a file of addresses lists. */
export interface Sitemap {
  lists: 'pages' | 'sitemaps'
  addresses: string[]
}

/**
 * Reads a sitemap, or an index of them; undefined for what is none. No XML is parsed: of a file without a document type
 * there are no entities but five, so nothing grows and nothing is fetched, and of its elements only `loc` counts.
 */
export function readSitemap(text: string): Sitemap | undefined {
  const source = withoutComments(text.replace(/^\ufeff/, ''))
  if (source === undefined || /<!(?!\[CDATA\[)/.test(source)) return undefined
  const [, prefix = '', root] = /^<([\w.-]{1,50}:)?(urlset|sitemapindex)[\s>]/.exec(withoutInstructions(source)) ?? []
  if (root === undefined || !source.trimEnd().endsWith(`</${prefix}${root}>`)) return undefined
  const begin = `<${prefix}loc>`
  const end = `</${prefix}loc>`
  const addresses: string[] = []
  for (let at = source.indexOf(begin); at !== -1; at = source.indexOf(begin, at)) {
    const until = source.indexOf(end, at)
    if (until === -1 || addresses.length >= MOST_ADDRESSES) break
    const address = decode(source.slice(at + begin.length, until))
    if (address !== '') addresses.push(address)
    at = until
  }
  return { lists: root === 'urlset' ? 'pages' : 'sitemaps', addresses }
}

/** Undefined: one does not end. */
function withoutComments(text: string): string | undefined {
  let kept = ''
  let from = 0
  for (let at = text.indexOf('<!--'); at !== -1; at = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', at + 4)
    if (end === -1) return undefined
    kept += text.slice(from, at)
    from = end + 3
  }
  return kept + text.slice(from)
}

/** From what comes behind the declaration, and instructions such as those that name a sheet of styles. */
function withoutInstructions(source: string): string {
  let rest = source.trimStart()
  while (rest.startsWith('<?')) {
    const end = rest.indexOf('?>', 2)
    if (end === -1 || /[<>]/.test(rest.slice(2, end))) break
    rest = rest.slice(end + 2).trimStart()
  }
  return rest
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What a `loc` says; nothing for what is no address anyway. */
function decode(raw: string): string {
  if (raw.length > 10_000) return ''
  const text = raw.trim()
  if (text.startsWith('<![CDATA[') && text.endsWith(']]>')) return text.slice(9, -3).trim()
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
