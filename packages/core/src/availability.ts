export { type Availability, type AvailabilityOptions, createAvailability } from './client/availability.js'
