/** A source as it stands, as Vitest gives it: for what only its words can show. */
declare module '*?raw' {
  const source: string
  export default source
}
