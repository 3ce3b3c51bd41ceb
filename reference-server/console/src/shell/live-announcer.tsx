import { useEffect, useState } from 'react'
import { useConsole } from '../client/console-services.js'
import { messageText } from '../text/message-text.js'
import styles from './shell.module.css'

/** Reads arriving messages to those who do not see them. */
export function LiveAnnouncer() {
  const { client } = useConsole()
  const [words, setWords] = useState('')
  useEffect(
    () =>
      client.on('message', (message) => {
        if (!message.own) setWords(`${message.author.name ?? 'Visitor'}: ${messageText(message.parts)}`)
      }),
    [client],
  )
  return (
    <div aria-live="polite" className={styles.hidden}>
      {words}
    </div>
  )
}
