import { Tag } from '../admin/tag.js'

const NUMBERS = new Intl.PluralRules('en', { type: 'ordinal' })
const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }

/** At which place a golden question finds its entry; null: not among the first ten. */
export function PlaceTag({ place }: { place: number | null }) {
  if (place === null) return <Tag tone="bad">Not found</Tag>
  if (place === 1) return <Tag tone="good">First</Tag>
  return <Tag tone="late">{`${place}${ENDINGS[NUMBERS.select(place)] ?? 'th'}`}</Tag>
}
