/** The source of a pattern without case: a day of the week, one or many. */
export const weekday = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?";
