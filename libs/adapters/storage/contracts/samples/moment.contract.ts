// The moment at which the samples of the contract suites were made.

/** A moment whose milliseconds do not fit 32 bits. */
export const noon = 1_763_726_400_123;
