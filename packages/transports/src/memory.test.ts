import { memoryTransport } from './memory.js'
import { createScriptedServer } from './testing/scripted-server.js'
import { testTransport } from './testing/test-transport.js'

let script = createScriptedServer()
let listening = false

testTransport('memory', {
  createPeer: async () => {
    script = createScriptedServer()
    listening = true
    return {
      ...script.peer,
      url: 'memory:',
      close: async () => {
        listening = false
      },
    }
  },
  createTransport: memoryTransport({
    accept(connection) {
      if (!listening) throw new Error('nobody listens')
      return script.accept({
        send: connection.send,
        close: () => connection.close('remote'),
        cut: () => connection.close('network'),
      })
    },
  }),
})
