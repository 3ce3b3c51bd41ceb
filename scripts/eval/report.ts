import type { Evaluation } from './evaluate.js'
import type { Row } from './gates.js'

/** The figures as a table in Markdown, each beside what others have published and what is asked for. */
export function asMarkdown({ rows, humanRequests, redTeam, passed }: Evaluation): string {
  const lines = rows.map((row) =>
    [
      row.part,
      row.set,
      row.figure,
      shown(row.value),
      row.baseline,
      targetOf(row),
      row.met === null ? '' : row.met ? 'yes' : '**no**',
    ].join(' | '),
  )
  const missed = Object.entries(humanRequests?.sets ?? {}).flatMap(([name, figures]) => [
    ...figures.missed.map((text) => `- ${name}, not recognised: ${text}`),
    ...figures.mistaken.map((text) => `- ${name}, taken for a request: ${text}`),
  ])
  const failed = Object.values(redTeam?.sets ?? {}).flatMap((figures) =>
    figures.failed.map((one) => `- red team: ${one}`),
  )
  return [
    '| part | set | figure | measured | published | target | met |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line} |`),
    ...(missed.length + failed.length > 0 ? ['', ...missed, ...failed] : []),
    '',
    passed ? 'Every target is met for which there was data.' : 'A target is not met.',
  ].join('\n')
}

function targetOf({ target }: Row): string {
  if (target === null) return ''
  return 'least' in target ? `≥ ${shown(target.least)}` : `≤ ${shown(target.most)}`
}

function shown(value: number): string {
  return String(Math.round(value * 1_000) / 1_000)
}
