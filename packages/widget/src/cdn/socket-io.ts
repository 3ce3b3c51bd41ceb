/** The chunk `socket-io.js`: fetched by a panel that uses that transport. */
export { io } from 'socket.io-client'
