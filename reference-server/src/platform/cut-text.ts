/** The first so many UTF-16 code units of a text, or one less: no character is cut in two, which no database would take. */
export function cutText(text: string, most: number): string {
  const head = text.slice(0, most)
  return head.length < text.length && /[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head
}
