import { createChatServer } from '@chatdesk/server'
import { createApp } from './app.js'
import { database } from './database.js'

const { WIDGET_KEY } = process.env
if (!WIDGET_KEY) {
  console.error('Set WIDGET_KEY to the key that the set-up printed.')
  process.exit(1)
}

const chat = createChatServer({ database })
await chat.migrate()
const server = createApp(chat, WIDGET_KEY).listen(3000, '127.0.0.1', () => {
  console.log('The shop: http://localhost:3000/, its console: http://localhost:3000/chat/console')
})

process.once('SIGTERM', stop).once('SIGINT', stop)
async function stop(): Promise<void> {
  server.close()
  await chat.drain()
  await chat.close()
  server.closeAllConnections()
}
