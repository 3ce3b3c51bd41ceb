export { callServer } from './client/call-server.js'
export { createVisitorActions, type VisitorActions } from './client/visitor-actions.js'
