const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Where a request came from, such as `Pune, India`; null where nothing is known. */
export function placeText({ city, country }: { city: string | null; country: string | null }): string | null {
  return [city, country && (named(regions, country) ?? country)].filter(Boolean).join(', ') || null
}

/** What a language tag is called, such as `English (India)`; the tag itself where it has no name. */
export function languageText(tag: string): string {
  return named(languages, tag) ?? tag
}

/** What a client sends need not be a code at all. */
function named(names: Intl.DisplayNames, code: string): string | undefined {
  try {
    return names.of(code)
  } catch {
    return undefined
  }
}
