import Bowser from 'bowser'

/** What the server itself saw of a request, beside its body. */
export interface RequestFacts {
  origin: string | undefined
  userAgent: string | undefined
  acceptLanguage: string | undefined
  /** Said by a proxy that is trusted; from anybody else these stay undefined. */
  geo: { country: string | undefined; city: string | undefined }
}

/** What an agent may know of the person behind a session. Hints, all of them: a client can write any header it likes. */
export interface VisitorContext {
  user_agent: string | null
  /** `desktop`, `mobile`, `tablet`, `tv` or `bot`. */
  device_type: string | null
  browser: string | null
  os: string | null
  language: string | null
  /** ISO 3166, two capitals. */
  country: string | null
  city: string | null
}

/** Longest `User-Agent` that is looked at. Real ones have some 150 characters. */
const USER_AGENT_LENGTH = 512
const NAME_LENGTH = 100

/** Reads a visitor's context from the headers of one request; null for whatever they do not tell. */
export function visitorContext({ userAgent, acceptLanguage, geo }: RequestFacts): VisitorContext {
  const text = userAgent?.slice(0, USER_AGENT_LENGTH) || null
  // It throws when there is nothing to read.
  const { browser, os, platform } = text ? Bowser.parse(text) : { browser: {}, os: {}, platform: {} }
  return {
    user_agent: text,
    device_type: platform.type ?? null,
    browser: joined(browser.name, browser.version?.split('.')[0]),
    os: joined(os.name, os.versionName ?? os.version),
    language: /^\s*([a-z]{2,3}(-[a-z\d]{2,8}){0,3})\s*([,;]|$)/i.exec(acceptLanguage ?? '')?.[1] ?? null,
    country: countryCode(geo.country),
    city: cityName(geo.city),
  }
}

function joined(...words: (string | undefined)[]): string | null {
  return words.filter(Boolean).join(' ').slice(0, NAME_LENGTH) || null
}

/** `XX` is what proxies say when they do not know either. */
function countryCode(value = ''): string | null {
  const code = value.trim().toUpperCase()
  return /^[A-Z]{2}$/.test(code) && code !== 'XX' ? code : null
}

/** Some proxies send the name percent-encoded, others as UTF-8, which Node's HTTP reads as Latin-1. */
function cityName(value = ''): string | null {
  let name = Buffer.from(value, 'latin1').toString()
  try {
    name = decodeURIComponent(name)
  } catch {
    // A lone percent sign is one.
  }
  return (
    name
      .replace(/[\p{Cc}\p{Cs}\ufffd]/gu, '')
      .trim()
      .slice(0, NAME_LENGTH) || null
  )
}
