const VOWEL = '(?:[aeiou]|(?<=[^aeiou])y)'
const HAS_VOWEL = new RegExp(VOWEL)
const MEASURE = new RegExp(`${VOWEL}+[^aeiou]+`, 'g')

/** Porter's second and third step: a longer ending gives way to a shorter one, if a syllable stands before it. */
const SHORTER: [string, string][] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['ization', 'ize'],
  ['isation', 'ize'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['ation', 'ate'],
  ['biliti', 'ble'],
  ['ingli', 'ing'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['entli', 'ent'],
  ['ousli', 'ous'],
  ['ically', 'ic'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['alli', 'al'],
  ['iviti', 'ive'],
  ['icate', 'ic'],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
]
const DROPPED = /(?:ement|ment|able|ible|ance|ence|ate|iti|ous|ive|ize|ant|ent|(?<=[st])ion|al|er|ic)$/

/** Brings an English word to what its forms share, after M. F. Porter's algorithm of 1980. Other scripts are left alone. */
export function englishStem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word
  let stem = dropParticiple(dropPlural(word))
  if (stem.endsWith('y') && HAS_VOWEL.test(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`
  const shorter = SHORTER.find(([ending]) => stem.endsWith(ending) && measure(stem.slice(0, -ending.length)) > 0)
  if (shorter) stem = stem.slice(0, -shorter[0].length) + shorter[1]
  const ending = DROPPED.exec(stem)?.[0]
  if (ending && measure(stem.slice(0, -ending.length)) > 1) stem = stem.slice(0, -ending.length)
  if (stem.endsWith('e') && measure(stem.slice(0, -1)) > 1) stem = stem.slice(0, -1)
  return stem
}

function dropPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2)
  return word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word
}

function dropParticiple(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const stem = /^(.*)(?:ed|ing)$/.exec(word)?.[1]
  if (stem === undefined || !HAS_VOWEL.test(stem)) return word
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (/([^aeioulsz])\1$/.test(stem)) return stem.slice(0, -1)
  return measure(stem) === 1 && /[^aeiou][aeiouy][^aeiouwxy]$/.test(stem) ? `${stem}e` : stem
}

/** How often a vowel gives way to a consonant: Porter's m. */
function measure(stem: string): number {
  return stem.match(MEASURE)?.length ?? 0
}
