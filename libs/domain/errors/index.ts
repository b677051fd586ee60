export { DomainError, type ErrorDetails } from './domain-error.js';
