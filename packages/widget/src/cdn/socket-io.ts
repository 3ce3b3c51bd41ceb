import { socketIoWire } from '@chatdesk/transports/socket-io-wire'
import { io } from 'socket.io-client'

/** The chunk `socket-io.js`: driver and client library, fetched by a panel that uses that transport. */
export const openWire = socketIoWire(io)
