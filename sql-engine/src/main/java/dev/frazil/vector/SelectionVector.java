package dev.frazil.vector;

/**
 * The rows of a batch that are still alive, in ascending order: {@code positions[0..count)}.
 *
 * @param positions row numbers; may be longer than {@code count}
 */
public record SelectionVector(int[] positions, int count) {}
