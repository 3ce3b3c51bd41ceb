/** X3: white space and invisible format characters (zero-width spaces, direction marks) alone say nothing. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cf}]/u.test(text)
}
