/** Accents of Latin, Greek and Cyrillic letters. The signs of other scripts make other words. */
const ACCENTS = /[\u0300-\u036f]/g

/** One letter as it is compared: in small, without accents. */
function foldLetter(letter: string): string {
  return letter.normalize('NFD').replace(ACCENTS, '').toLowerCase()
}

/** A text as it is compared, and where each of its code units stands in the text itself. */
export function foldText(text: string): { folded: string; places: number[] } {
  let folded = ''
  const places: number[] = []
  let place = 0
  for (const letter of text) {
    const fold = foldLetter(letter)
    folded += fold
    for (let unit = 0; unit < fold.length; unit++) places.push(place)
    place += letter.length
  }
  places.push(place)
  return { folded, places }
}
