/** The list in Redis to which the workers of the BullMQ contender append the names of jobs and their results. */
export const resultList = "bench:results";
