/** One text for each form that a language gives to a count; `other` is the one that every language has. */
export type CountTexts = { readonly other: string } & { readonly [form in Intl.LDMLPluralRule]?: string }

/** Puts values in the place of `{name}`. A name without a value stays as it is. */
export function formatText(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? `${values[name]}` : whole,
  )
}

/** The text for a count, with `{count}` in the figures of the language. */
export function formatCount(texts: CountTexts, count: number, locale: string): string {
  const form = new Intl.PluralRules(locale).select(count)
  return formatText(texts[form] ?? texts.other, { count: count.toLocaleString(locale) })
}
