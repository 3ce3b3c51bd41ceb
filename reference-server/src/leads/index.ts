export { captureLead } from './capture-lead.js'
