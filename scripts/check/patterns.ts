import ts from 'typescript'

/** Labels of a host's name: each begins with a dot, which none holds, so that there is one way to read them. */
const LABELS = '(?:\\.[\\w-]+)*'

/**
 * Whether a pattern may take more than linear time: it repeats a group that repeats something itself or has a choice in it, or the
 * same text may belong to either of two repetitions beside each other, in groups or not. Coarse on the safe side, but for two things
 * that it does not see: repetitions further apart, and one that is begun anew at each character (`/ +$/`).
 */
export function isRisky(pattern: string): boolean {
  const plain = pattern
    .replaceAll(LABELS, 'x')
    .replace(/\\./g, 'x')
    .replace(/\[[^\]]*\]/g, 'c')
    .replace(/\{\d+,\}/g, '+')
  const repeatedGroup = /\((?:[^()]|\([^()]*\))*[+*|](?:[^()]|\([^()]*\))*\)[+*]/
  const flat = plain.replace(/\((?:\?<?[:=!])?|\)/g, '')
  const neighbours = /[^|^/][+*]\??(?:[^|^/]\?)?[^|^/][+*]/
  return repeatedGroup.test(plain) || neighbours.test(flat)
}

/** The patterns that a source file holds as literals. */
export function patternsIn(source: string): string[] {
  const literals: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) literals.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return literals
}
