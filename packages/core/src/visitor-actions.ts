export { createVisitorActions, type VisitorActions } from './client/visitor-actions.js'
