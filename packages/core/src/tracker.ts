export { createTracker, type Tracker, type TrackerOptions } from './client/tracker.js'
