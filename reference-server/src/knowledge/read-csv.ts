/** Rows of a CSV file as RFC 4180 has it; a semicolon parts fields where the first line has no comma. */
export function readCsv(text: string): string[][] {
  const [firstLine = ''] = text.split('\n', 1)
  const separator = !firstLine.includes(',') && firstLine.includes(';') ? ';' : ','
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const endField = () => {
    row.push(field)
    field = ''
  }
  const endRow = () => {
    endField()
    if (row.some((one) => one.trim() !== '')) rows.push(row)
    row = []
  }
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  for (let index = 0; index < source.length; index++) {
    const character = source.charAt(index)
    if (quoted && character === '"' && source[index + 1] === '"') {
      field += '"'
      index++
    } else if (quoted ? character === '"' : character === '"' && field === '') quoted = !quoted
    else if (quoted) field += character
    else if (character === separator) endField()
    else if (character === '\n') endRow()
    else field += character
  }
  endRow()
  return rows
}
