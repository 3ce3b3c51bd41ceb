import type { VisitorAccount } from '@chatdesk/protocol'
import { normalise } from '../language/normalise.js'
import type { Citation, Passage } from './citation.js'
import { isInstructionLike } from './instruction-like.js'

/**
 * What a site has signed of an account, an item each: `plan: pro`. Without items that speak to a machine: a value may be what its user
 * has typed there.
 */
export function accountPassages(account: VisitorAccount): Passage[] {
  return Object.entries(account)
    .map(([name, value]) => ({
      name,
      value: typeof value === 'boolean' ? (value ? 'yes' : 'no') : normalise(`${value}`),
    }))
    .filter(({ value }) => value !== '')
    .filter(({ name, value }) => !isInstructionLike(`${name.replaceAll('_', ' ')}: ${value}`))
    .map(({ name, value }) => ({
      ...{ docId: 'account', chunkId: `account/${name}`, title: 'Your account', url: null },
      ...{ text: `${name}: ${value}`, of: 'account' },
    }))
}

/** Words around a name and its value that say nothing themselves. Whoever adds one that denies, compares or counts opens the door. */
const FRAME = new Set(
  [
    'a an the your you this account is are have has on of in with and at as to per according current currently now registered it s re ve',
    'ihr ihre ihren ihrem sie haben hat ist sind der die das den dem ein eine und mit dein deine du hast bist konto laut',
    'su sus tu tus usted tiene tienes es está el la los las un una y con en de cuenta según',
    'votre vos vous avez êtes est sont le les une et avec dans compte selon',
    'seu sua seus suas você tem são o os um uma e com em conta conforme',
    'आपका आपकी आपके आप का की के है हैं पास में पर और खाता खाते aapka aapki aapke aap ka ki ke hai hain paas mein par aur khata khate',
  ]
    .join(' ')
    .split(' ')
    .map((word) => word.normalize('NFKC')),
)

/**
 * The item that a sentence says, by its name and its whole value; undefined, where it says anything else besides: of two items in one
 * sentence nobody could tell which value is whose, and an entry's words with an account's figure in them would be nobody's price.
 */
export function itemSaid(text: string, items: readonly Citation[]): Citation | undefined {
  const said = plain(text)
  return items.find(({ quote }) => {
    const item = plain(quote)
    const [name, value] = [item.slice(0, item.indexOf(':')), item.slice(item.indexOf(':') + 1).trim()]
    const valueless = without(said, value)
    const rest = valueless && (without(valueless, name.replaceAll('_', ' ')) ?? without(valueless, name))
    return rest !== null && isFrame(rest)
  })
}

/** No figure, and no sign of a currency, a share or a minus may be left, either. */
function isFrame(rest: string): boolean {
  return (
    /^[\p{L}\p{M}\s.,:;!'"()“”।]*$/u.test(rest) &&
    (rest.match(/[\p{L}\p{M}]+/gu) ?? []).every((word) => FRAME.has(word))
  )
}

/** A text without the first place where these words stand as words; null: they do not. */
function without(text: string, words: string): string | null {
  if (words === '') return null
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const end = at + words.length
    // Two units of it are enough to see a letter of any script.
    if (!ENDS_IN_WORD.test(text.slice(Math.max(0, at - 2), at)) && !BEGINS_WORD.test(text.slice(end, end + 2)))
      return `${text.slice(0, at)} ${text.slice(end)}`
  }
  return null
}

const ENDS_IN_WORD = /[\p{L}\p{M}\p{Nd}]$/u
const BEGINS_WORD = /^[\p{L}\p{M}\p{Nd}]/u

/** As it is compared: 1,499 is 1499. */
function plain(text: string): string {
  return normalise(text)
    .toLowerCase()
    .replace(/(?<=\p{Nd}),(?=\p{Nd})/gu, '')
}
