export { listOfferedDepartments } from './departments.js'
export { departmentRoutes } from './routes.js'
