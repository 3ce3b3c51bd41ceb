const NAMES = new Intl.DisplayNames(['en'], { type: 'language' })

/** `de` as `German`; what the browser does not know, as it is. */
export function languageName(tag: string): string {
  try {
    return NAMES.of(tag) ?? tag
  } catch {
    return tag
  }
}
