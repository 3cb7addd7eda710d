package dev.frazil.parquet;

/**
 * Between which integers the values of a column lie in a row group: integers, dates, times and
 * timestamps in microseconds, decimals without their point.
 *
 * @param least no value is below
 * @param greatest no value is above
 * @param mayHaveNulls false when there is certainly no null
 */
public record LongBounds(long least, long greatest, boolean mayHaveNulls) {}
