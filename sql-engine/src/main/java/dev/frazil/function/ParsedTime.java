package dev.frazil.function;

import org.jspecify.annotations.Nullable;

/**
 * What a text says.
 *
 * @param local the wall clock's reading, in microseconds since 1970-01-01 00:00
 * @param offsetMicros the offset from UTC, null if the text has none
 */
record ParsedTime(long local, @Nullable Long offsetMicros) {}
