import { formatText } from '../../text/format-text.js'
import type { PanelProps } from '../panel-model.js'
import { tokenizeText } from './tokenize-text.js'

/** Words as text nodes, with safe links. */
export function LinkedText({ panel, text }: PanelProps & { text: string }) {
  return tokenizeText(text).map((token, index) =>
    token.type === 'text' ? (
      token.text
    ) : (
      <a
        key={index}
        href={token.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        aria-label={formatText(panel.texts.externalLink, { link: token.text })}
      >
        {token.text}
      </a>
    ),
  )
}
