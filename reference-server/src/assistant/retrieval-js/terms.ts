import { englishStem } from '../language/english-stem.js'
import { wordsOf } from '../language/words.js'

/** Words that say nothing of what a question is about. Not among them: `not`, `why`, `still`, `again`, which tell short questions apart. */
const STOP_WORDS = new Set(
  `a about above all also am an and any are as at be because been being below between both but by can could did do does doing each few for
from further get had has have having he her here hers him his how i id if im in into is isnt it its itself ive let like may me might more
most must my myself of or our ours own please same she so some such than thank thanks that the their them then there these they this those
through to too us very want was we were what where which while who whom will with would you your yours hai hain ka ke ki ko kya kaise mera
mujhe me se aur ho kar है हैं का के की को क्या कैसे मेरा मुझे में से और`.split(/\s+/),
)

/** Scripts without spaces: pairs of their characters stand in for words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** What is compared of a text: stems without stop words, in their order. */
export function termsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !STOP_WORDS.has(word))
    .flatMap((word) => (UNSPACED.test(word) ? pairsOf(word) : [englishStem(word)]))
}

function pairsOf(word: string): string[] {
  const characters = [...word]
  return characters.length < 2 ? characters : characters.slice(1).map((next, index) => `${characters[index]}${next}`)
}
